"""The rate that sends keep to."""
