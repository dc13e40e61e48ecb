"""What viewers see of a survey: a fixed lattice of tables, in which no small cell can be found by subtraction."""
