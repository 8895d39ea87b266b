"""Speaks to OpenRouter: requests, retries, the stream and its errors."""
