"""Language models behind an OpenAI-compatible address: a provider, or Ollama, vLLM and the like in the own network."""

from .chat import Answer, Question, body_of, send
