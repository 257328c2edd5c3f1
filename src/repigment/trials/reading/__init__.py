"""From a TOML file to a study, with messages that say what is wrong, where and what to do; and back."""
