"""What screens say of answers, codes, memos and questions, as styled text."""
