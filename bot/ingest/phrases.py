"""The words by which a site's own lines are known, by what they do. Owns the lists, as phrases parted by strokes.

Here: phrases in the languages of the press; case, accents and punctuation do not matter.
Not here: which line is dropped for them (clutter).
"""

from __future__ import annotations

# A line that begins so leads to another story, when a colon or dash, a link, or nothing follows.
ELSEWHERE = """
    read also | read more | read next | read too | to read more | also read | see also | see more | also see |
    watch also | watch more | related | related article | related articles | related story | related stories |
    related news | related reading | related coverage | related topics | more on this | more on this story |
    more from | more stories | you may also like | you might also like | you may be interested in | also |
    don't miss | go deeper | must read | recommended | recommended reading | recommended videos | more news |
    lire aussi | lire également | lire encore | à lire | à lire aussi | à lire également | à voir aussi | voir aussi |
    à voir | à écouter | à relire | sur le même sujet | sur le même thème | pour aller plus loin | articles liés |
    article lié | articles connexes | notre dossier | à ne pas manquer | leer también | lee también | lea también |
    lea además | lea más | leer más | ver también | más información | te puede interesar | le puede interesar |
    noticia relacionada | noticias relacionadas | llegeix també | leia também | leia mais | veja também | veja mais |
    saiba mais | leggi anche | leggi di più | approfondisci | potrebbe interessarti | lesen sie auch |
    lesen sie dazu | lesen sie hier | lesen sie mehr | lies auch | auch interessant | mehr zum thema | mehr lesen |
    mehr dazu | mehr themen | zum thema | lesetipp | lesetipps | das könnte sie auch interessieren | passend dazu |
    mehr von | weiterlesen | lees ook | lees meer | lees verder | les også | les mer | læs også | läs också |
    läs även | läs mer | lue myös | ayrıca oku | ilgili haberler | czytaj też | czytaj także | czytaj również |
    czytaj więcej | zobacz też | zobacz także | zobacz również | přečtěte si také | čtěte také | olvassa el |
    اقرأ المزيد | citește și | citește mai multe | διαβάστε επίσης | διαβάστε ακόμα | читайте также | читать также |
    читайте ещё | читать далее | читайте по теме | смотрите также | по теме | материалы по теме | اقرأ أيضا |
    читайте також | اقرأ كذلك | إقرأ أيضا | اقرئي أيضا | شاهد أيضا | مواضيع ذات صلة | أخبار ذات صلة |
    baca juga | 相关阅读 | 相关新闻 | 延伸閱讀 | 関連記事 | 관련 기사
"""

# A heading that is nothing but this stands above other stories.
LISTS = """
    latest | the latest | latest news | the latest news | latest stories | latest headlines | latest updates |
    breaking news | top stories | top news | most read | most popular | most viewed | most shared | trending |
    trending now | popular | editors picks | editor's picks | in case you missed it | keep reading | up next |
    dernières nouvelles | dernières infos | dernières actualités | les plus lus | en continu | à la une | fil info |
    últimas noticias | últimas notícias | última hora | lo más leído | lo más visto | mais lidas | più letti |
    ultime notizie | neueste nachrichten | aktuelle nachrichten | meistgelesen | meistgelesene artikel | newsticker |
    laatste nieuws | meest gelezen | siste nytt | son dakika | en çok okunanlar | последние новости | лента новостей |
    самое читаемое | آخر الأخبار | الأكثر قراءة | أخبار عاجلة | 주요뉴스 | 最新ニュース | 最新新闻
"""

# A line that is nothing but this (numbers aside) belongs to the site.
ALONE = """
    advertisement | advertising | sponsored | sponsored content | promoted | publicité | annonce | anzeige | werbung |
    publicidad | publicidade | pubblicità | advertentie | реклама | إعلان | إعلانات | reklam | 広告 | comments |
    comment | no comments | comments are closed | leave a comment | leave a reply | post a comment | commentaires |
    commentaire | laisser un commentaire | comentarios | deja un comentario | kommentare | комментарии | التعليقات |
    اترك تعليقا | tell us what you think | join the conversation | view comments | subscribe | sign up | sign in |
    log in | register | thank you | thanks for signing up | print article | order reprints | article content |
    story continues below | article continues below | scroll to continue | advertisement story continues below |
    story continues below advertisement | read the original article | min read | minute read | minutes read |
    min de lecture | minutes de lecture | minuten lesezeit | an error occurred | s'abonner | se connecter |
    suscríbete | inscreva-se | anmelden | abonnieren | подписаться | اشترك
"""

# A short line that begins so belongs to the site.
STARTS = """
    sign up for | sign up to | sign up here | sign up now | subscribe to | subscribe now | subscribe for |
    click here to subscribe | click here to sign up | click here to get | click here for more | follow us |
    thank you for subscribing | thanks for signing up | join our newsletter | join us on | download our app |
    get our newsletter | keep an eye on your inbox | your email address will not be published | like us on |
    you must be logged in | please log in | please log out | please logout | you must confirm |
    an error has occurred | join our commenting forum | join thought provoking conversations | all rights reserved |
    copyright | we use cookies | please enable javascript | our standards | filed under | tags | reading time |
    temps de lecture | lesezeit | tempo de leitura | mots-clés | étiquettes | inscrivez-vous à | abonnez-vous |
    suivez-nous | rejoignez-nous | recevez notre | recevez nos | retrouvez-nous sur | tous droits réservés |
    suscríbete a | síguenos | siga-nos | inscreva-se | assine a | assine nossa | abonnieren sie | folgen sie uns |
    folgst du schon | iscriviti alla | seguici su | подписывайтесь | подпишитесь | теги | اشترك في | تابعونا |
    تابعنا | الوسوم | كلمات مفتاحية | photo credit | image credit | picture credit | crédit photo | crédits photo |
    photo courtesy | image courtesy
"""

# A short line that holds one of these belongs to the site.
HOLDS = """
    newsletter sign up | our newsletter | our newsletters | free newsletter | daily newsletter | weekly newsletter |
    right in your inbox | to your inbox | in your inbox | newsletters to get | notre newsletter | nos newsletters |
    notre infolettre | nuestra newsletter | nuestro boletín | nossa newsletter | unseren newsletter | follow us on |
    us on twitter | us on facebook | him on twitter | her on twitter | us on google news | as a preferred source |
    on x formerly twitter | all rights reserved | tous droits réservés | alle rechte vorbehalten | 無断転載 |
    click here to get the | whatsapp channel | chaîne whatsapp | canal de whatsapp | whatsapp-kanal |
    telegram channel
"""

# Every word of a share bar, parted by spaces.
SHARE = """
    share tweet post pin email e mail print save copy link facebook twitter x whatsapp telegram linkedin reddit
    messenger pinterest instagram threads bluesky viber flipboard sms on via this article story partager partagez
    imprimer envoyer enregistrer copier le lien sur cet compartir compartilhar imprimir enviar copiar enlace en
    teilen drucken merken kopieren artikel поделиться вконтакте одноклассники condividi stampa paylas شارك مشاركه
    مشاركة تويتر فيسبوك واتساب
"""

# What a credit begins with, before a colon, a stroke or a ©; and whom it names at the end.
CREDITED = """
    photo | photos | photograph | picture | image | images | foto | fotos | bild | illustration | credit | crédit |
    crédits | фото | صورة | الصورة | fotocredit | photo by | image by | photo credit
"""

AGENCIES = """
    getty | getty images | afp | reuters | ap | ap photo | epa | dpa | shutterstock | istock | unsplash | alamy
"""
