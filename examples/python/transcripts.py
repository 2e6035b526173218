# %% [markdown]
# # What a week of chats says about us
#
# A notebook as a script: run it as it is (`python transcripts.py`), or cell by cell in an editor that knows `# %%`. It reads a
# table of transcripts, one row a turn, and asks care what was said in it. Needs pandas and pyarrow.

# %%
import pathlib

import pandas as pd

import care

turns = pd.read_csv(pathlib.Path(__file__).with_name("transcripts.csv"))
print(turns.head(3).to_string())

# %% [markdown]
# One call reads them all. Rows of one conversation stand together, so each turn is judged by those before it: "Fine." is a tepid
# answer after "How was it?", and nothing special elsewhere.

# %%
batch = care.analyze_batch(turns["text"], roles=turns["speaker"], conversations=turns["conversation"], channels="chat")
print(batch)

# %% [markdown]
# ## Every finding is a row
#
# `index` is the row in `turns`. The words are there, the rule that fired, and how sure it is.

# %%
findings = batch.to_arrow().to_pandas()
print(findings[["conversation", "signal", "text", "confidence", "rule"]].to_string(max_colwidth=40))

# %% [markdown]
# ## Which conversations need a second look?
#
# Every signal counts for the speaker's care, against it, or neither; the pack says which.

# %%
polarity = {signal.id: signal.polarity for signal in care.Pack.english().signals}
findings["counts"] = findings["signal"].astype(str).map(polarity)
score = findings.groupby("conversation")["counts"].agg(care=lambda values: (values > 0).sum(), against=lambda values: (values < 0).sum())
print(score.sort_values("against", ascending=False).to_string())

# %% [markdown]
# ## Wide: one row a turn, one column a signal
#
# This is the shape for a model, or for a group-by.

# %%
wide = batch.to_wide(["apology.regret", "excuse.newness", "excuse.policy", "excuse.system", "fine.tepid"]).to_pandas()
by_conversation = wide.groupby(turns["conversation"]).sum()
print(by_conversation.to_string())

# %% [markdown]
# ## Why?
#
# Any row can be asked again, alone, with what was said before it: the evidence, and what did not count.

# %%
row = turns[turns["text"].str.contains("if you feel")].iloc[0]
for finding in care.analyze(row["text"], role=row["speaker"], channel="chat"):
    print(f"{finding.signal} {finding.confidence}: {finding.text!r} by {finding.rule}")
    for piece in finding.evidence:
        print(f"    {piece.weight:3} {piece.text!r} {piece.rule}")
for candidate in care.suppressed(row["text"], role=row["speaker"], channel="chat"):
    print(f"not {candidate.signal}: {candidate.text!r} ({candidate.reason})")
