"""`python -m harken` is the same as `harken`."""

from harken.cli.main import main

if __name__ == "__main__":
    main()
