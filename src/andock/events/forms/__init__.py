"""What people enter, and the sentence that helps where it does not fit."""
