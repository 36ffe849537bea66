"""How requests are sent: over connection pools that speak HTTP/1.1, or through an httpx client."""
