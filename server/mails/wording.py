"""What mails say, in the languages that they are written in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from server.mails.models import MailKind
from server.users.kinds import Role


@dataclass(frozen=True, slots=True)
class Phrases:
    """What one kind of mail says; `{…}` stands for what its letter gives.

    Attributes:
        subject: the subject, one line.
        lead: what has happened.
        link: what following the link does.
        why: why one gets it, and what to do about that.
    """

    subject: str
    lead: str
    link: str
    why: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: its tag, whether it is read from right to left, and all that is said in it.

    Attributes:
        phrases: by the kind of mail.
        cut: said where a text is not all there.
        roles: what one has become, and what it is good for.
        ahead: said to who has not signed in yet.
    """

    tag: str
    is_rtl: bool
    phrases: Mapping[MailKind, Phrases]
    cut: str
    roles: Mapping[Role, str]
    ahead: str


ENGLISH = Wording(
    tag="en",
    is_rtl=False,
    cut="This is only its beginning; the whole text is on its page.",
    ahead="Sign in with this e-mail address to begin.",
    roles={
        Role.SPEAKER: "You are a speaker now: besides recording, you can read texts aloud.",
        Role.ADMIN: "You are an admin now: you can see and manage everything here.",
    },
    phrases={
        MailKind.TEXT: Phrases(
            subject="The text of “{title}”",
            lead="Your recording “{title}” has been turned into text.",
            link="Open the text",
            why="You get this mail because you wish to have your texts by mail. You can turn that off in your account:",
        ),
        MailKind.FAILURE: Phrases(
            subject="No text of “{title}”",
            lead="Your recording “{title}” could not be turned into text. This is why:",
            link="Open the recording",
            why="You get this mail because you wish to be told of failures. You can turn that off in your account:",
        ),
        MailKind.INVITE: Phrases(
            subject="You are invited to Lectern",
            lead="You are invited to Lectern, where speech is collected and turned into text. The link holds until"
            " {until}. Whoever has it can use it, so keep it to yourself.",
            link="Accept the invite",
            why="You get this mail, once, because an admin of Lectern entered your address. If that means nothing to"
            " you, do nothing. Your account, if you have one:",
        ),
        MailKind.AGREEMENT: Phrases(
            subject="What you have agreed to",
            lead="You agreed to version {version} of the terms on {at}. This mail is your receipt.",
            link="Read the terms",
            why="You get this mail because it is about your account:",
        ),
        MailKind.APPROVED: Phrases(
            subject="You have a new role on Lectern",
            lead="{role}",
            link="Open Lectern",
            why="You get this mail because it is about your account:",
        ),
    },
)

HEBREW = Wording(
    tag="he",
    is_rtl=True,
    cut="זוהי רק ההתחלה; התמלול כולו נמצא בדף שלו.",
    ahead="כדי להתחיל, היכנסו עם כתובת הדוא״ל הזאת.",
    roles={
        Role.SPEAKER: "התפקיד שלכם מעתה: דובר/ת. נוסף על הקלטה, אפשר להקריא טקסטים.",
        Role.ADMIN: "התפקיד שלכם מעתה: מנהל/ת. אפשר לראות ולנהל כאן הכול.",
    },
    phrases={
        MailKind.TEXT: Phrases(
            subject="התמלול של ”{title}“",
            lead="ההקלטה ”{title}“ תומללה.",
            link="לתמלול",
            why="ההודעה נשלחה כי ביקשתם לקבל תמלולים בדוא״ל. אפשר לבטל זאת בחשבון שלכם:",
        ),
        MailKind.FAILURE: Phrases(
            subject="אין תמלול של ”{title}“",
            lead="לא היה אפשר לתמלל את ההקלטה ”{title}“. הסיבה:",
            link="להקלטה",
            why="ההודעה נשלחה כי ביקשתם לדעת על כישלונות. אפשר לבטל זאת בחשבון שלכם:",
        ),
        MailKind.INVITE: Phrases(
            subject="הוזמנתם ל־Lectern",
            lead="הוזמנתם ל־Lectern, שבו אוספים דיבור והופכים אותו לטקסט. הקישור תקף עד {until}."
            " כל מי שהקישור בידיו יכול להשתמש בו, לכן שמרו אותו לעצמכם.",
            link="לקבלת ההזמנה",
            why="ההודעה נשלחה, פעם אחת, כי מנהל/ת של Lectern מסר/ה את הכתובת שלכם. אם אין לזה משמעות בשבילכם, אין צורך"
            " לעשות דבר. החשבון שלכם, אם יש כזה:",
        ),
        MailKind.AGREEMENT: Phrases(
            subject="למה הסכמתם",
            lead="הסכמתם לגרסה {version} של התנאים ב־{at}. ההודעה הזאת היא האישור.",
            link="לקריאת התנאים",
            why="ההודעה נשלחה כי היא נוגעת לחשבון שלכם:",
        ),
        MailKind.APPROVED: Phrases(
            subject="תפקיד חדש ב־Lectern",
            lead="{role}",
            link="ל־Lectern",
            why="ההודעה נשלחה כי היא נוגעת לחשבון שלכם:",
        ),
    },
)

YIDDISH = Wording(
    tag="yi",
    is_rtl=True,
    cut="דאָס איז נאָר דער אָנהייב; דער גאַנצער טעקסט שטייט אויף זײַן זײַטל.",
    ahead="כּדי אָנצוהייבן, קומט אַרײַן מיט דעם בליצפּאָסט־אַדרעס.",
    roles={
        Role.SPEAKER: "איר זײַט איצט אַ רעדנער: אַחוץ רעקאָרדירן קענט איר פֿאָרלייענען טעקסטן.",
        Role.ADMIN: "איר זײַט איצט אַ פֿאַרוואַלטער: איר קענט דאָ אַלץ זען און פֿאַרוואַלטן.",
    },
    phrases={
        MailKind.TEXT: Phrases(
            subject="דער טעקסט פֿון „{title}“",
            lead="אײַער רעקאָרדירונג „{title}“ איז איצט אַ טעקסט.",
            link="צום טעקסט",
            why="איר באַקומט דעם בריוו ווײַל איר ווילט האָבן די טעקסטן מיט בליצפּאָסט. אָפּזאָגן זיך קענט איר אין אײַער קאָנטע:",
        ),
        MailKind.FAILURE: Phrases(
            subject="קיין טעקסט פֿון „{title}“",
            lead="פֿון אײַער רעקאָרדירונג „{title}“ האָט מען ניט געקענט מאַכן קיין טעקסט. פֿאַר וואָס:",
            link="צו דער רעקאָרדירונג",
            why="איר באַקומט דעם בריוו ווײַל איר ווילט מען זאָל אײַך זאָגן ווען עפּעס געראָט ניט. אָפּזאָגן זיך קענט איר אין"
            " אײַער קאָנטע:",
        ),
        MailKind.INVITE: Phrases(
            subject="איר זײַט פֿאַרבעטן צו Lectern",
            lead="איר זײַט פֿאַרבעטן צו Lectern, וווּ מען זאַמלט רייד און מאַכט פֿון זיי טעקסטן. דאָס לינק גילט ביז"
            " {until}. ווער עס האָט עס קען עס ניצן, טאָ האַלט עס פֿאַר זיך.",
            link="אָננעמען די פֿאַרבעטונג",
            why="איר באַקומט דעם בריוו, איין מאָל, ווײַל אַ פֿאַרוואַלטער פֿון Lectern האָט אָנגעגעבן אײַער אַדרעס. זאָגט עס"
            " אײַך גאָרנישט, דאַרפֿט איר גאָרנישט טאָן. אײַער קאָנטע, אויב איר האָט איינע:",
        ),
        MailKind.AGREEMENT: Phrases(
            subject="אויף וואָס איר זײַט מסכּים געווען",
            lead="איר זײַט מסכּים געווען צו דער ווערסיע {version} פֿון די תּנאָים, {at}. דער בריוו איז אײַער באַשטעטיקונג.",
            link="לייענען די תּנאָים",
            why="איר באַקומט דעם בריוו ווײַל ער איז וועגן אײַער קאָנטע:",
        ),
        MailKind.APPROVED: Phrases(
            subject="אַ נײַע ראָלע אין Lectern",
            lead="{role}",
            link="צו Lectern",
            why="איר באַקומט דעם בריוו ווײַל ער איז וועגן אײַער קאָנטע:",
        ),
    },
)

OF_LANGUAGE = MappingProxyType({"he": HEBREW, "iw": HEBREW, "yi": YIDDISH, "ji": YIDDISH})
"""By the first part of a BCP-47 tag, its older forms among them; whoever has another language reads English."""


def wording_for(language: str | None) -> Wording:
    """Return what is said to whoever has a language, given as a BCP-47 tag."""
    return OF_LANGUAGE.get((language or "").partition("-")[0].lower(), ENGLISH)
