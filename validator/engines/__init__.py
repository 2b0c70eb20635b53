"""Three engines with one meaning: durable-rules online, closures as fallback, and the interpreter as test oracle."""
