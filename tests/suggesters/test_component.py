from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from harken.codebook import write_codebook
from harken.errors import HarkenError
from harken.suggesters.component import HarkenCodes
from harken.suggesters.lexical import LexicalSuggester

TEXT = "😀 I understood, and saw myself"


@pytest.fixture
def path(codebook, tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text(write_codebook(codebook), encoding="utf-8")
    return path


@pytest.fixture
def nlp(path):
    nlp = spacy.blank("en")
    nlp.add_pipe("harken_codes", config={"codebook": str(path)})
    return nlp


def test_spacy_finds_the_component_without_an_import_of_ours(path):
    program = (
        "import sys, spacy; nlp = spacy.blank('en');"
        "nlp.add_pipe('harken_codes', config={'codebook': sys.argv[1]});"
        "print([s.code for s in nlp('I understood')._.codes])"
    )
    command = [sys.executable, "-W", "error", "-c", program, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("['benefit.understanding']\n", "")


def test_a_document_holds_what_the_suggester_suggests(nlp, codebook):
    suggester = LexicalSuggester(codebook)
    assert nlp(TEXT)._.codes == suggester.suggest(TEXT, "elsewhere", top=9) != ()


def test_spans_are_labelled_with_the_code_and_cover_the_reasons(nlp):
    doc = nlp(TEXT)
    assert [(span.text, span.label_) for span in doc.spans["harken_codes"]] == [
        ("saw myself", "benefit.understanding"),
        ("understood", "benefit.understanding"),
    ]


def test_a_document_may_name_its_question(nlp):
    doc = nlp.make_doc("control and anxiety")
    doc._.question = "risks"
    assert [suggestion.code for suggestion in nlp(doc)._.codes] == ["risk.anxiety"]


def test_a_document_without_a_question_is_offered_every_code(nlp):
    found = [suggestion.code for suggestion in nlp("control and anxiety")._.codes]
    assert sorted(found) == ["benefit.control", "risk.anxiety"]


def test_tokens_get_base_forms_only_where_they_have_none(nlp):
    doc = nlp.make_doc("images seen")
    doc[0].lemma_ = "picture"
    assert [token.lemma_ for token in nlp(doc)] == ["picture", "see"]


def test_without_a_codebook_nothing_is_suggested():
    nlp = spacy.blank("en")
    nlp.add_pipe("harken_codes")
    assert nlp("anything")._.codes == ()


def test_a_codebook_can_be_given_later(codebook):
    nlp = spacy.blank("en")
    component = nlp.add_pipe("harken_codes")
    assert isinstance(component, HarkenCodes)
    component.codebook = codebook
    assert [suggestion.code for suggestion in nlp("I understood")._.codes] == ["benefit.understanding"]


def test_a_pipeline_on_disk_needs_the_codebook_file_no_more(nlp, path, tmp_path):
    expected = nlp(TEXT)._.codes
    nlp.to_disk(tmp_path / "pipeline")
    path.unlink()
    # The config still names the file, which another machine does not have.
    loaded = spacy.load(tmp_path / "pipeline")
    assert loaded(TEXT)._.codes == expected


def test_a_codebook_file_with_a_fault_is_refused_where_it_would_be_used(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text("harken: 1\nfamilys: []\n", encoding="utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("harken_codes", config={"codebook": str(path)})
    with pytest.raises(HarkenError, match=r"codebook\.yaml.*familys"):
        nlp("anything")


def test_a_pipeline_in_bytes_carries_its_rules(nlp):
    loaded = spacy.blank("en")
    loaded.add_pipe("harken_codes")
    loaded.from_bytes(nlp.to_bytes())
    assert loaded(TEXT)._.codes == nlp(TEXT)._.codes
    assert loaded.get_pipe("harken_codes").codebook == nlp.get_pipe("harken_codes").codebook


def test_documents_keep_their_suggestions_when_stored(nlp):
    doc = nlp(TEXT)
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (loaded,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert loaded._.codes == doc._.codes


def test_two_pipelines_in_one_process_do_not_clash(path):
    for _ in range(2):
        nlp = spacy.blank("en")
        nlp.add_pipe("harken_codes", config={"codebook": str(path)})
    assert Doc.has_extension("codes")
    assert nlp("I understood")._.codes != ()
