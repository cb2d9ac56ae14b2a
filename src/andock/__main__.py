"""The operators' command line: Django's commands under our name."""

import os
import sys


def main() -> None:
    """Run ``andock <command>``; hyphens in the command's name may stand for underscores."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andock.config.settings.production")
    from django.core.management import execute_from_command_line

    program, *arguments = sys.argv
    if arguments and not arguments[0].startswith("-"):
        arguments[0] = arguments[0].replace("-", "_")
    from andock.config.expectations import SettingRefused

    try:
        execute_from_command_line([program, *arguments])
    except SettingRefused as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
