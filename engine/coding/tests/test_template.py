from engine.coding import Part, Template


def test_a_label_says_all_of_its_template():
    template = Template((Part(7, (2, 3), (("4", 60.0), ("5,6", 40.0))), Part(9)))
    assert Template.from_label(template.label) == template


def test_the_same_coding_has_one_label_whatever_the_order():
    lines = [{"account_id": 9, "amount": "1"}, {"account_id": 7, "amount": "2", "tax_ids": [3, 2]}]
    assert Template.of_lines(lines).label == Template.of_lines(lines[::-1]).label
