"""A text that is plainly in another language is known by it; English with foreign names is not."""

from __future__ import annotations

import pytest

from podcast.language.detection import find_other_language

OTHERS = {
    "German": "Der neue Kran ist am Dienstag im Hafen angekommen. Er hebt neunzig Tonnen.",
    "French": "Le nouveau quai a ouvert mardi. Il est plus long que les autres et les bateaux sont contents.",
    "Spanish": "La nueva grúa llegó el martes al puerto. Es más alta que las otras y pesa noventa.",
    "Italian": "La nuova gru è arrivata martedì nel porto. Non è la più alta, ma solleva novanta tonnellate.",
    "Portuguese": "O novo guindaste chegou ao porto na terça. Não é o mais alto, mas é novo.",
    "Dutch": "De nieuwe kraan is dinsdag in de haven aangekomen. Hij tilt negentig ton.",
    "Swedish": "Den nya kranen kom till hamnen på tisdagen. Den lyfter nittio ton och är högre än de andra.",
    "Chinese": "新的起重机星期二到达了北码头，从六月起它将吊装涡轮机的部件。",
    "Japanese": "新しいクレーンが火曜日に港に着きました。六月から部品をつり上げます。",
    "Korean": "새로운 크레인이 화요일에 항구에 도착했다. 유월부터 부품을 들어 올린다.",
    "a language in Cyrillic letters": "Новый кран прибыл во вторник в порт. Он поднимает девяносто тонн.",
    "a language in Arabic letters": "وصلت الرافعة الجديدة إلى الميناء يوم الثلاثاء وهي ترفع تسعين طنا",
}


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_named(language: str) -> None:
    """Two sentences are enough."""
    assert find_other_language(OTHERS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "The crane came on Tuesday. It lifts ninety tons, and it is used from June on.",
        "Crane arrives. Port glad.",
        "In the drafts folder. An idea. An idea in a drafts folder, not on any page.",
        "Élan vital, déjà vu and savoir-faire: what the café on the quay calls its three soups, and why.",
        "The paper is called Über die Natur der Dinge, and its authors say that the die is cast.",
        "東京 and 大阪 are two ports of Japan to which the ferry goes, and both have a new crane this year.",
        "GPT-4o mini costs $0.15 per million tokens; Llama 3 70B, Mixtral 8x22B and Claude 3 Haiku follow.",
        "x = [1, 2, 3]",
        "",
    ],
)
def test_english_is_left_alone(text: str) -> None:
    """Loan words, titles, names, figures and headlines without small words are no other language."""
    assert find_other_language(text) == ""
