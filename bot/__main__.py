"""The command `perheovi`."""


def main() -> None:
    """Run the command named on the command line."""


if __name__ == "__main__":
    main()
