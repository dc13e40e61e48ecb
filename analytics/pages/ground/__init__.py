"""What every page stands on: text as it is, the store and the copies of it, what is said while it is gone."""
