"""Public fakes, one a port. They obey the same contract suites as the real adapters and are fit for tests of yours."""
