"""A project's decisions compared: as the variables of its codebook, as a whole and in parts."""
