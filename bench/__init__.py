"""The figures we promise to keep, each beside a floor measured in the same run. See README.md."""
