"""The HTTP and WebSocket API that drives the sandbox: people act, and see what is there."""
