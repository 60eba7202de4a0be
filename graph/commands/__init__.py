"""The commands of `inquiry`, by subject; this is the only place that prints."""
