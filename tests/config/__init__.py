"""Settings, endpoints and signatures."""
