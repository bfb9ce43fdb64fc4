"""Names that each script and language spells its own way: Putin, Poutine, Путин, بوتين. Owns the table of them.

It covers people, capitals, countries and organisations that much of the world's news is about, those of one
word, in English, French, Spanish, Portuguese, German, Italian, Turkish, Polish, Russian, Ukrainian, Arabic,
Persian and Hebrew; not Chinese, Japanese, Korean and Thai, where a name is several words of ours. A spelling
that is a common word elsewhere is left out: Suède (suede), Vienne (that he come), Seul (alone), Italien and
other countries in German that are French adjectives, Вена (vein).

Here: the name that a word is, in any script.
Not here: forms of other words (forms).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from bot.news.glued import readings
from bot.news.text import fold

# One name a line.
_PEOPLE = """
abbas аббас عباس
ahmadinejad ahmadinedschad ахмадинежад أحمدينجاد
biden байден بايدن ביידן
bolsonaro болсонару بولسونارو
erdogan эрдоган ердоган أردوغان اردوغان ארדואן
gaddafi qaddafi kadhafi gadafi gadhafi qadhafi khadafi kaddafi каддафи القذافي قذافي קדאפי
gorbachev gorbatchev gorbatschow gorbachov gorbaciov gorbaczow горбачев غورباتشوف
guterres гутерриш гутерреш غوتيريش
haniyeh haniyah hanija haniye хания هنية
khamenei jamenei chamenei hamaney хаменеи хаменеї خامنئي خامنه‌ای
khomeini jomeini chomeini humeyni хомейни الخميني خمینی
khodorkovsky khodorkovski chodorkowski jodorkovski ходорковский
lavrov lawrow lavroff лавров لافروف
lukashenko loukachenko lukaschenko lukashenka lukasenko лукашенко لوكاشينكو
macron макрон ماكرون מקרון
maduro мадуро مادورو
medvedev medwedew miedwiediew медведев медведєв ميدفيديف
merkel меркель ميركل
merz мерц ميرتس
modi моди مودي
navalny nawalny navalni nawalnyj навальный نافالني
netanyahu netanyahou netanjahu нетаньяху نتنياهو נתניהו
obama обама أوباما אובמה
orban орбан أوربان
pashinyan pachinian paschinjan pashinian пашинян باشينيان
pezeshkian peseschkian pezechkian пезешкиан بزشكيان پزشکیان
poroshenko porochenko poroschenko порошенко بوروشينكو
prigozhin prigojine prigoschin prigozin prigozyn пригожин بريغوجين
putin poutine putyin путин путін بوتين پوتین פוטין
rubio рубио روبيو
saakashvili saakachvili saakaschwili саакашвили ساكاشفيلي
scholz шольц شولتس
shoigu choigou schoigu szojgu шойгу شويغو
sinwar sinouar синвар السنوار סינוואר
sisi сиси السيسي
starmer стармер ستارمر
stoltenberg столтенберг ستولتنبرغ
trump трамп ترامب ترامپ טראמפ
tymoshenko timochenko timoschenko timoshenko tymoszenko тимошенко تيموشينكو
yanukovych ianoukovitch janukowitsch yanukovich janukowycz янукович يانوكوفيتش
yeltsin eltsine jelzin jelcyn ельцин يلتسين
zelensky zelenskyy zelenskiy zelenski selenskyj selenski selenskij зеленский зеленський زيلينسكي زلنسکی זלנסקי
zuckerberg цукерберг زوكربيرغ
"""
_PLACES = """
aleppo alep alepo алеппо حلب
ankara анкара أنقرة
athens athenes atenas athen atene atina афины أثينا αθηνα
baghdad bagdad bagdat багдад بغداد
beijing pekin peking pequim pechino пекин пекін بكين
beirut beyrouth beyrut бейрут بيروت
belgrade belgrado belgrad beograd белград београд بلغراد
berlin berlim berlino берлин برلين
brussels bruxelles bruselas brussel bruksel bruxelas bruksela брюссель بروكسل
bucharest bucarest bukarest bukres bucuresti bucareste бухарест بوخارست
budapest budapeste будапешт بودابست
cairo kairo kahire каир القاهرة
chernobyl tchernobyl tschernobyl chernobil chornobyl cernobyl чернобыль чорнобиль تشيرنوبيل
copenhagen copenhague kopenhagen københavn kopenhag копенгаген كوبنهاغن
crimea crimee krim kirim крым крим القرم
damascus damasco damaskus дамаск دمشق
donbas donbass donbaß донбасс донбас دونباس
geneva geneve ginebra genf ginevra cenevre genebra женева جنيف
havana habana havanna гавана هافانا
istanbul estambul istambul стамбул إسطنبول اسطنبول
jerusalem jerusalen gerusalemme kudus иерусалим القدس ירושלים
kabul kaboul cabul кабул كابول کابل
kharkiv kharkov charkiw charkow jarkiv harkiv харьков харків خاركيف
khartoum jartum khartum hartum cartum хартум الخرطوم
kherson cherson jerson херсон خيرسون
kyiv kiev kiew kyjiw kijow kief киев київ كييف קייב
lisbon lisboa lisbonne lissabon lisbona lizbon лиссабон لشبونة
london londres londra londyn лондон لندن לונדון
lviv lvov lwiw lwow львов львів لفيف
marrakech marrakesh marrakesch marraquech marrakes марракеш مراكش
mariupol marioupol mariupil мариуполь маріуполь ماريوبول
mecca mecque meka mekka мекка مكة
moscow moscou moscu moskau mosca moskova moskwa москва موسكو מוסקבה
mosul mossoul mossul musul мосул الموصل
munich munchen munih munique monachium мюнхен ميونيخ
paris parigi paryz париж باريس פריז
prague praga prag praha прага براغ
pyongyang pjongjang pionyang пхеньян بيونغيانغ
rabat рабат الرباط
riyadh riyad riad эррияд الرياض
stockholm estocolmo sztokholm стокгольм ستوكهولم
strasbourg strassburg estrasburgo strasburgo страсбург ستراسبورغ
tehran teheran teera tahran тегеран طهران تهران טהרן
tokyo tokio toquio токио طوكيو
tripoli trablus триполи طرابلس
warsaw varsovie varsovia warschau varsavia varsova warszawa варшава وارسو
washington waszyngton vasington вашингтон واشنطن וושינגטון
"""
_COUNTRIES = """
afghanistan afganistan afeganistao афганистан أفغانستان
algeria algerie argelia cezayir алжир الجزائر
argentina argentinien arjantin аргентина الأرجنتين
armenia armenie ermenistan армения أرمينيا
australia australie avustralya австралия أستراليا
austria autriche osterreich avusturya австрия النمسا
azerbaijan azerbaidjan aserbaidschan azerbaiyan azerbaycan азербайджан أذربيجان
belarus bielorussie bielorrusia weissrussland беларусь белоруссия بيلاروسيا
belgium belgique belgica belgien belcika бельгия بلجيكا
brazil bresil brasil brasilien brezilya бразилия البرازيل
bulgaria bulgarie bulgarien bulgaristan болгария بلغاريا
canada kanada канада كندا
china chine cina китай الصين סין
colombia colombie kolumbien kolombiya колумбия كولومبيا
croatia croatie croacia kroatien hirvatistan хорватия كرواتيا
cyprus chypre chipre zypern кипр قبرص
denmark danemark dinamarca danemark danimarka дания الدنمارك
egypt egypte egipto agypten egitto misir египет مصر
ethiopia ethiopie etiopia athiopien etiyopya эфиопия إثيوبيا
finland finlande finlandia finnland finlandiya финляндия فنلندا
france francia frankreich frankrijk fransa francja франция франція فرنسا צרפת
germany allemagne alemania germania deutschland alemanha almanya niemcy германия німеччина ألمانيا גרמניה
greece grece grecia griechenland yunanistan греция اليونان
hungary hongrie hungria ungarn macaristan венгрия المجر
india hindistan индия الهند
indonesia indonesie indonesien endonezya индонезия إندونيسيا
iran иран іран إيران ایران איראן
iraq irak ирак العراق عراق עיראק
ireland irlande irlanda irland ирландия أيرلندا
israel israil израиль ізраїль إسرائيل اسرائیل ישראל
italy italie italia italya wlochy италия إيطاليا
japan japon japao giappone japonya япония اليابان
kazakhstan kasachstan kazajistan kazakistan cazaquistao казахстан كازاخستان
lebanon liban libano libanon lubnan ливан لبنان לבנון
libya libye libia ливия ليبيا
mexico mexique mexiko meksika messico мексика المكسيك
morocco maroc marruecos marokko marrocos marocco марокко المغرب מרוקו
netherlands niederlande нидерланды هولندا
norway norvege noruega norwegen norvegia norvec норвегия النرويج
pakistan paquistao paquistan пакистан باكستان
palestine palestina palastina filistin палестина فلسطين
poland pologne polonia polen polonya polonia polska польша بولندا
portugal portekiz португалия البرتغال
qatar katar катар قطر
romania roumanie rumania rumanien romanya румыния رومانيا
russia russie rusia russland rusya rosja россия росія روسيا روسیه רוסיה
serbia serbie serbien sirbistan сербия صربيا
somalia somalie сомали الصومال
spain espagne espana spanien espanha spagna ispanya hiszpania испания إسبانيا ספרד
sudan soudan судан السودان
sweden suecia schweden svezia isvec szwecja швеция السويد
switzerland suisse suiza schweiz svizzera isvicre suica szwajcaria швейцария سويسرا
syria syrie siria suriye сирия سوريا سورية سوریه סוריה
taiwan tajwan tayvan тайвань تايوان
tunisia tunisie tunesien tunus тунис تونس
turkey turquie turquia turkei turkiye turchia turcja турция туреччина تركيا טורקיה
ukraine ucrania ukrayna ucraina ukraina украина україна أوكرانيا اوکراین אוקראינה
venezuela венесуэла فنزويلا
vietnam vietname wietnam вьетнам فيتنام
yemen jemen iemen йемен اليمن
"""
_ORGANISATIONS = """
gazprom газпром غازبروم
hamas хамас حماس חמאס
hezbollah hizbollah hisbollah hizbullah hezbola хезболла хезболлах
houthi houthis huthi huthis huties husi husiler хуситы الحوثي الحوثيون
imf fmi iwf мвф
kremlin kreml cremlino kreml кремль кремл الكرملين
mossad mosad моссад الموساد המוסד
nato otan нато الناتو ناتو נאטו
opec opep опек أوبك
taliban talibans талибан طالبان
unesco юнеско اليونسكو
unicef юнисеф اليونيسف
usa eeuu сша
"""


# How Russian declines a name, by what it ends in; the first that fits.
_DECLENSIONS = (
    ("ия", ("ии", "ию", "ией")),
    ("ский", ("ского", "скому", "ским", "ском")),
    ("ный", ("ного", "ному", "ным", "ном")),
    ("й", ("я", "ю", "ем", "е")),
    ("ь", ("и", "я", "ю", "ем", "е")),
    ("а", ("ы", "и", "е", "у", "ой")),
    ("ы", ("", "ов", "ам", "ами", "ах")),
    ("ів", ("єва", "єву", "євом", "єві", "ова", "ову", "овом", "ові")),
    ("ин", ("ина", "ину", "иным", "ином", "ине", "иные")),
    ("ев", ("ева", "еву", "евым", "евом", "еве")),
    ("ов", ("ова", "ову", "овым", "овом", "ове")),
    ("", ("а", "у", "ом", "е", "і")),
)


@lru_cache(1 << 14)
def name(word: str) -> str:
    """The name that a folded word is, by one of its spellings; empty where it is none that the table has."""
    table = _table()
    return next((table[spelling] for spelling in _plainly(word) if spelling in table), "")


@cache
def _table() -> dict[str, str]:
    lines = (line.split() for line in f"{_PEOPLE}{_PLACES}{_COUNTRIES}{_ORGANISATIONS}".splitlines())
    return {form: line[0] for line in lines for spelling in line for form in _declined(fold(spelling))}


def _declined(spelling: str) -> Iterator[str]:
    yield spelling
    if "а" <= spelling[0] <= "ӿ":
        end, others = next(row for row in _DECLENSIONS if spelling.endswith(row[0]))
        yield from (spelling.removesuffix(end) + other for other in others)


def _plainly(word: str) -> Iterator[str]:
    """A word, and without the West's -s and what Arabic and Hebrew glue before it."""
    yield word
    if word.endswith("s"):
        yield word[:-1]
    elif not word.isascii():
        for lang in ("ar", "he"):
            yield from filter(word.endswith, readings(word, lang))
