"""`python -m gum` is `gumctl`."""

from gum.cli import main

if __name__ == "__main__":
    main()
