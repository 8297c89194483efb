import pytest

from programme.loaders.records import StatedEdition
from programme.loaders.text.editions import editions, venue_slug
from programme.loaders.text.venues import find_edition_named, find_venue


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Proceedings of the 36th International Conference on Machine Learning", "icml"),
        ("Advances in Neural Information Processing Systems", "neurips"),
        ("Thirty-seventh Conference on Neural Information Processing Systems Datasets and Benchmarks Track", "neurips"),
        ("Adv. Neural Inform. Process. Syst.", "neurips"),
        ("ICLR 2023 notable top 5%", "iclr"),
        ("Proceedings of the 25th International Conference on Artificial Intelligence and Statistics", "aistats"),
        ("Proceedings of Machine Learning and Systems 2", "mlsys"),
        ("Proceedings of the Thirty-Sixth Conference on Uncertainty in Artificial Intelligence (UAI)", "uai"),
        ("Proceedings of Thirty Fifth Conference on Learning Theory", "colt"),
        ("Conference on Robot Learning", "corl"),
        ("Second Conference on Language Modeling", "colm"),
        ("IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "cvpr"),
        ("IEEE Conf. Comput. Vis. Pattern Recog.", "cvpr"),
        ("Proceedings of the IEEE/CVF International Conference on Computer Vision", "iccv"),
        ("Computer Vision -- {ECCV} 2020 -- 16th European Conference", "eccv"),
        ("Proceedings of the IEEE/CVF Winter Conference on Applications of Computer Vision", "wacv"),
        ("British Machine Vision Conference", "bmvc"),
        ("Proceedings of the 60th Annual Meeting of the Association for Computational Linguistics (Volume 1)", "acl"),
        ("Proceedings of the 57th Annual Meeting of the ACL: Student Research Workshop", "acl"),
        ("Proceedings of the 2020 Conference on Empirical Methods in Natural Language Processing (EMNLP)", "emnlp"),
        ("Conference of the North American Chapter of the Association for Computational Linguistics", "naacl"),
        ("Conference of the Nations of the Americas Chapter of the Association for Computational Linguistics", "naacl"),
        ("Conference of the European Chapter of the ACL", "eacl"),
        ("Conference of the Asia-Pacific Chapter of the Association for Computational Linguistics", "aacl"),
        ("Proceedings of the 28th International Conference on Computational Linguistics", "coling"),
        ("Proceedings of the AAAI Conference on Artificial Intelligence", "aaai"),
        ("Proceedings of the Thirtieth International Joint Conference on Artificial Intelligence", "ijcai"),
        (r"ACM SIGKDD International Conference on Knowledge Discovery {\&} Data Mining", "kdd"),
        ("Proceedings of The Web Conference 2020", "www"),
        ("International ACM SIGIR Conference on Research and Development in Information Retrieval", "sigir"),
        ("IEEE International Conference on Robotics and Automation", "icra"),
        ("IEEE/RSJ International Conference on Intelligent Robots and Systems (IROS)", "iros"),
        ("Robotics: Science and Systems XVI", "rss"),
        ("Annual Conference of the International Speech Communication Association", "interspeech"),
        ("IEEE International Conference on Acoustics, Speech and Signal Processing", "icassp"),
        ("Knowledge Discovery and Data Mining", "kdd"),
        ("Transactions on Machine Learning Research", "tmlr"),
        ("J. Mach. Learn. Res.", "jmlr"),
        ("Transactions of the Association for Computational Linguistics", "tacl"),
        ("icml", "icml"),
        ("NIPS", "neurips"),
        ("ICML.cc/2023/Conference", "icml"),
        ("ICML, volume 37 of {JMLR} Workshop and Conference Proceedings", "icml"),
    ],
)
def test_venues_are_recognised(text: str, slug: str) -> None:
    assert find_venue(text) == slug


@pytest.mark.parametrize(
    "text",
    [
        "ICML 2020 Workshop on Graph Representation Learning",
        "IEEE/CVF International Conference on Computer Vision Workshops (ICCVW)",
        "CVPRW 2021",
        "BlackboxNLP@EMNLP 2020",
        "Companion Proceedings of the Web Conference 2020",
        "AAAI Spring Symposium",
        "Submitted to ICLR 2023",
        "ICLR.cc/2024/Conference/Withdrawn_Submission",
        "ACL Rolling Review",
        "JMLR Workshop and Conference Proceedings",
        "Proceedings of Machine Learning Research",
        "SIGKDD Explorations",
        "arXiv preprint arXiv:2003.12345",
        "https://icml.cc/virtual/2022",
        "https://www.example.org/",
        "",
    ],
)
def test_texts_that_name_no_main_edition(text: str) -> None:
    assert find_venue(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "International Conference on Machine Learning and Applications",
        "European Conference on Machine Learning and Knowledge Discovery in Databases",
        "Asian Conference on Machine Learning",
        "International Conference on Computer Vision Theory and Applications",
        "Pacific-Asia Conference on Knowledge Discovery and Data Mining",
        "ACM SIGIR International Conference on Theory of Information Retrieval",
        "SIGIR-AP 2023",
        "International AAAI Conference on Web and Social Media",
        "Transactions of the ACL",
    ],
)
def test_longer_names_of_other_venues(text: str) -> None:
    assert find_venue(text) not in {fact.venue for fact in editions()} - {"acml"} | {"kdd", "sigir"}


@pytest.mark.parametrize(
    ("text", "year", "edition"),
    [
        ("ICML 2020 1", None, StatedEdition("icml", 2020)),
        ("NeurIPS 2019 12", None, StatedEdition("neurips", 2019)),
        ("EMNLP/IJCNLP (1) 2019", None, StatedEdition("emnlp", 2019)),
        ("Proceedings of the 2019 Conference on Empirical Methods in NLP, EMNLP", 2020, StatedEdition("emnlp", 2019)),
        ("CVPR 2021, June 19-25, 2021", None, StatedEdition("cvpr", 2021)),
        ("ICLR 2014, published in 2015", 2015, StatedEdition("iclr", 2014)),
        ("AAAI, New York, 2020, printed 2021", 2020, StatedEdition("aaai", 2020)),
        ("AAAI, New York, 2020, printed 2021", None, None),
        ("KDD '20", None, StatedEdition("kdd", 2020)),
        ("AAAI-99", None, StatedEdition("aaai", 1999)),
        ("CVPR2022", None, StatedEdition("cvpr", 2022)),
        ("ICML, pp. 2001--2010. arXiv:2003.12345", 2019, StatedEdition("icml", 2019)),
        ("Advances in Neural Information Processing Systems 33", 2020, StatedEdition("neurips", 2020)),
        ("Advances in Neural Information Processing Systems 33", None, None),
        ("EMNLP (Findings) 2021", 2021, StatedEdition("emnlp", 2021)),
        (
            "Findings of the Association for Computational Linguistics: ACL-IJCNLP 2021",
            2021,
            StatedEdition("acl", 2021),
        ),
        ("Findings of the Association for Computational Linguistics: NAACL 2022", None, StatedEdition("naacl", 2022)),
        ("Findings of the ACL, 2023", None, StatedEdition("acl", 2023)),
        ("CoRR", 2021, None),
    ],
)
def test_the_year_next_to_the_name_counts(text: str, year: int | None, edition: StatedEdition | None) -> None:
    assert find_edition_named(text, year) == edition


def test_slugs_agree_with_the_table_of_editions() -> None:
    names = {fact.venue: fact.venue_name for fact in editions()}
    assert {slug: find_venue(name) for slug, name in names.items()} == {slug: slug for slug in names}
    assert venue_slug("NIPS") == find_venue("NIPS")
