//! Phrases that tell what a short block is for, in the commonest languages of the web.

use super::words::{Words, combine};
use std::sync::LazyLock;

/// A cue is looked for in blocks of at most this many words: longer ones only mention it.
pub(crate) const MAX_CUE_WORDS: u32 = 30;

/// Kinds of cue, in the order of the features.
pub(crate) const CUES: [(&str, &[&str]); 6] = [
    (
        "cue_related",
        &[
            "see also",
            "read more",
            "read also",
            "also read",
            "related",
            "you may also",
            "you might also",
            "more from",
            "more on",
            "recommended",
            "most read",
            "most popular",
            "trending",
            "up next",
            "don't miss",
            "lesen sie auch",
            "mehr zum thema",
            "lire aussi",
            "à lire",
            "leggi anche",
            "lea también",
            "te puede interesar",
            "leia também",
            "читайте также",
            "читайте",
            "相关",
            "推荐",
            "关联",
            "baca juga",
            "关连",
            "延伸阅读",
            "もっと見る",
            "関連",
            "recent posts",
            "latest news",
        ],
    ),
    (
        "cue_share",
        &[
            "share this",
            "share on",
            "tweet",
            "facebook",
            "twitter",
            "whatsapp",
            "pinterest",
            "linkedin",
            "follow us",
            "email this",
            "copy link",
            "teilen",
            "partager",
            "compartir",
            "condividi",
            "поделиться",
            "分享",
            "シェア",
            "print this",
            "instagram",
            "telegram",
        ],
    ),
    (
        "cue_consent",
        &[
            "cookie",
            "privacy policy",
            "consent",
            "gdpr",
            "datenschutz",
            "we use",
            "accept all",
            "terms of",
            "confidentialité",
            "privacidad",
        ],
    ),
    (
        "cue_action",
        &[
            "subscribe",
            "sign up",
            "newsletter",
            "log in",
            "sign in",
            "register",
            "click here",
            "download",
            "buy now",
            "add to cart",
            "get started",
            "contact us",
            "learn more",
            "join",
            "abonnieren",
            "anmelden",
            "s'abonner",
            "suscríbete",
            "登录",
            "注册",
            "订阅",
            "подписаться",
            "подписка",
        ],
    ),
    (
        "cue_comment",
        &[
            "leave a comment",
            "leave a reply",
            "comments",
            "reply",
            "your email address",
            "post a comment",
            "kommentar",
            "commentaire",
            "comentario",
            "commenti",
            "комментарии",
            "комментарий",
            "评论",
            "コメント",
            "required fields",
            "notify me",
        ],
    ),
    (
        "cue_meta",
        &[
            "posted",
            "published",
            "updated",
            "by",
            "written by",
            "photo",
            "image",
            "credit",
            "getty",
            "reuters",
            "source",
            "min read",
            "tags",
            "filed under",
            "categories",
            "category",
            "kategorie",
            "catégorie",
            "views",
            "all rights reserved",
            "copyright",
            "veröffentlicht",
            "publié",
            "publicado",
            "опубликован",
            "来源",
            "作者",
            "编辑",
            "发布",
            "责任编辑",
            "photograph",
        ],
    ),
];

/// The longest phrase, in words.
const MAX_PHRASE: usize = 4;

/// The phrases as hashes of their words, sorted; immutable, made once.
static TABLE: LazyLock<Vec<(u32, u8)>> = LazyLock::new(|| {
    let kinds = CUES.iter().enumerate();
    let phrases = kinds.flat_map(|(kind, (_, phrases))| {
        phrases.iter().map(move |phrase| (combine(&Words::of_text(phrase)), kind as u8))
    });
    let mut table: Vec<(u32, u8)> = phrases.collect();
    table.sort_unstable();
    table
});

/// Which kinds of cue a block's words have, as bits.
pub(crate) fn find(words: &[u32]) -> u32 {
    let mut bits = 0;
    for start in 0..words.len() {
        for len in 1..=MAX_PHRASE.min(words.len() - start) {
            let hash = combine(&words[start..start + len]);
            let from = TABLE.partition_point(|(known, _)| *known < hash);
            let hits = TABLE[from..].iter().take_while(|(known, _)| *known == hash);
            bits |= hits.fold(0, |bits, (_, kind)| bits | 1 << kind);
        }
    }
    bits
}
