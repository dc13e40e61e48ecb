"""What the address states and the controls by which it is changed: one reader, one writer."""
