"""Pure numbers: agreement, proportions, resampling. No SQL, no files, no screen."""
