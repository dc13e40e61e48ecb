"""The upkeep of a store: screening and erasing, verification, health, copies, clusters."""
