"""How far a number can be believed: ways of counting, weights, who did not answer, doubts."""
