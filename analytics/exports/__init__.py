"""What leaves the building: a figure or a table as a file, everything that has to be known about it inside."""
