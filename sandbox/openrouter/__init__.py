"""An OpenRouter on loopback: models, streams, generations and every error on demand."""
