"""Acts: editing the questions, answering them, staff's paper and released texts, the demonstration."""
