"""The words by which a page says that it does not show its article. Owns the lists, as phrases parted by strokes.

Here: phrases in the languages of the press; case, accents and punctuation do not matter.
Not here: where on a page they count, and what follows from them (walls).
"""

from __future__ import annotations

# At the end of what can be read: the rest is for those who pay. Whole requests, never the bare word "subscribe", which
# every newspaper prints beside its free articles, nor "for subscribers only", which it prints beside links to others.
PAY = """
    subscribe to continue reading | subscribe to continue | subscribe to keep reading | subscribe to read more |
    subscribe to read the full | subscribe to read this | subscribe to unlock | subscribe now to continue |
    subscribe now to read | subscribe for full access | to continue reading subscribe | to read the full story |
    to read the full article subscribe | to read the rest of this | continue reading with a subscription |
    continue reading this article with | this article is for subscribers | this article is exclusive to subscribers |
    this content is for subscribers | this story is for subscribers | this is subscriber only content |
    already a subscriber | already subscribed sign in | unlock this article | unlock the full article |
    keep reading for just | start your free trial to read | become a member to read | become a subscriber to read |
    you have reached your limit of free articles | you have reached your article limit | no free articles left |
    you've read your last free article | this post is for paid subscribers | this post is for paying subscribers |
    weiterlesen mit | jetzt weiterlesen mit | um weiterzulesen | abonnieren um weiterzulesen | mit abo weiterlesen |
    dieser artikel ist exklusiv für abonnenten | lesen sie diesen artikel mit | den ganzen artikel lesen sie |
    den vollständigen artikel lesen | sie sind bereits abonnent | bereits abonnent | haben sie bereits ein abo |
    jetzt testen und weiterlesen | artikel freischalten | cet article est réservé aux abonnés |
    la suite est réservée aux abonnés | la suite de cet article est réservée | il vous reste à lire |
    de cet article à lire la suite | abonnez-vous pour lire | abonnez-vous pour continuer |
    pour lire la suite abonnez-vous | déjà abonné | pour poursuivre la lecture | lire la suite de cet article avec |
    suscríbete para seguir leyendo | suscríbete para leer | para seguir leyendo suscríbete |
    contenido exclusivo para suscriptores | artículo exclusivo para suscriptores | ya eres suscriptor |
    ya soy suscriptor | assine para continuar lendo | assine para ler | conteúdo para continuar a ler |
    já é assinante | abbonati per continuare | abbonati per leggere | per continuare a leggere |
    contenuto riservato agli abbonati | sei già abbonato | articolo riservato agli abbonati |
    dit artikel is exclusief voor abonnees | verder lezen abonneer | lees verder met | om verder te lezen |
    al abonnee | word abonnee om | lees het hele artikel met | artykuł dostępny tylko dla | aby czytać dalej |
    masz już prenumeratę | czytaj dalej z | чтобы читать дальше | доступно только подписчикам |
    оформите подписку чтобы | читать полностью по подписке | материал доступен по подписке | for å lese videre |
    bli abonnent for å | allerede abonnent | denne artikkelen er for abonnenter | artiklen er for abonnenter |
    køb abonnement for at læse | för att läsa vidare | läs vidare med | redan prenumerant |
    jatka lukemista tilaamalla | tilaa ja lue | okumaya devam etmek için abone | اشترك لمواصلة القراءة |
    هذا المحتوى للمشتركين | לקריאת הכתבה המלאה | למנויים בלבד | この記事は有料会員限定です | 会員限定の記事です |
    付费后阅读全文 | 订阅后继续阅读 | 유료회원 전용 기사입니다
"""

# Whole pages that ask whether a person reads.
ROBOT = """
    verify you are human | verify you are a human | verify that you are human | verify you are not a robot |
    are you a robot | are you human | i'm not a robot | i am not a robot | prove you are human |
    checking your browser | checking if the site connection is secure | performing security verification |
    needs to review the security of your connection | please complete the security check | complete the captcha |
    solve the captcha | unusual traffic from your | unusual activity from your | pardon our interruption |
    you have been blocked | your request has been blocked | your access has been blocked |
    access to this page has been denied | you don't have permission to access | request unsuccessful |
    your browser is being checked | automated access to this | please wait while we verify | just a moment |
    attention required | access denied | security check | bot verification | ddos protection by |
    bestätigen sie dass sie ein mensch | sind sie ein roboter | sicherheitsüberprüfung | zugriff verweigert |
    vérifiez que vous êtes humain | vérification de sécurité | je ne suis pas un robot | accès refusé |
    verifica que eres humano | no soy un robot | acceso denegado | acesso negado | não sou um robô | accesso negato |
    non sono un robot | подтвердите что вы не робот | доступ ограничен | доступ запрещен | я не робот |
    toegang geweigerd | ben robot değilim | erişim engellendi | تحقق من أنك إنسان | لست روبوتا | 人机验证 | 安全验证 |
    私はロボットではありません
"""

# Whole pages that ask for leave to set cookies.
CONSENT = """
    before you continue to | we value your privacy | we care about your privacy | your privacy is important to us |
    we and our partners store | we and our partners use cookies | store and or access information on a device |
    use cookies and other technologies | consent to the use of cookies | please accept cookies to |
    accept all cookies | agree to cookies to continue | this content is blocked because cookies | manage your cookie |
    bitte stimmen sie der | wir benötigen ihre zustimmung | wir brauchen ihre zustimmung |
    mit werbung und cookies lesen | mit werbung weiterlesen | zustimmen und weiter | nutzung mit werbung |
    cookies akzeptieren um | nous respectons votre vie privée | avec nos partenaires nous utilisons |
    continuer sans accepter | accepter les cookies pour | en acceptant les cookies vous | valoramos tu privacidad |
    aceptar y continuar | nosotros y nuestros socios | valorizamos a sua privacidade | nós e os nossos parceiros |
    rispettiamo la tua privacy | noi e i nostri partner | accetta e continua | wij en onze partners |
    wij waarderen uw privacy | akkoord met cookies | dbamy o twoją prywatność | my i nasi partnerzy |
    мы используем файлы cookie чтобы | vi respekterer ditt personvern | vi värdesätter din integritet | gizliliğinize
"""

# Pages that show nothing without running scripts.
SCRIPT = """
    enable javascript | turn on javascript | javascript is disabled | javascript is not enabled |
    javascript is required | requires javascript | without javascript enabled | javascript to be enabled |
    javascript to run this app | activate javascript | javascript aktivieren | aktivieren sie javascript |
    javascript ist deaktiviert | bitte javascript | activer javascript | activez javascript |
    javascript est désactivé | habilita javascript | activa javascript | habilite javascript | habilitar javascript |
    ative o javascript | abilita javascript | attiva javascript | abilitare javascript | javascript inschakelen |
    schakel javascript in | włącz javascript | включите javascript | включить javascript |
    javascript'i etkinleştirin | تفعيل جافا سكريبت | javascriptを有効 | 启用javascript | 启用 javascript |
    자바스크립트
"""

# Pages that want to know who reads.
LOGIN = """
    log in to continue | sign in to continue | login to continue | please log in to | please login to |
    please sign in to | log in to your account | sign in to your account | you must be logged in to view |
    you need to log in | you must log in | create a free account to continue | register to continue reading |
    register for free to continue | sign up to continue | log in to view | sign in to view | login required |
    bitte melden sie sich an | bitte loggen sie sich ein | bitte einloggen | zum weiterlesen anmelden |
    connectez-vous pour | veuillez vous connecter | identifiez-vous pour | inicia sesión para | inicie sesión para |
    regístrate para seguir leyendo | faça login para | entre para continuar | accedi per | effettua il login |
    log in om | inloggen om | zaloguj się aby | войдите чтобы | авторизуйтесь | logga in för att | logg inn for å |
    oturum açın | سجل الدخول | ログインしてください | 请登录
"""

# What a title or a heading says where there is nothing, although the server answered that there is.
MISSING = """
    404 | error 404 | 404 error | 404 not found | 404 page not found | page not found | not found |
    page cannot be found | page could not be found | page can't be found | page couldn't be found |
    the page you requested could not be found | the page you are looking for | this page doesn't exist |
    this page does not exist | this page isn't available | page no longer available | page no longer exists |
    article not found | story not found | content not found | oops page not found | we can't find that page |
    we couldn't find that page | sorry we couldn't find | sorry the page | seite nicht gefunden |
    die seite wurde nicht gefunden | artikel nicht gefunden | seite existiert nicht | fehler 404 | page introuvable |
    page non trouvée | article introuvable | cette page n'existe pas | erreur 404 | página no encontrada |
    no se encontró la página | esta página no existe | página não encontrada | pagina non trovata |
    pagina niet gevonden | strona nie istnieje | nie znaleziono strony | страница не найдена | сторінку не знайдено |
    side ikke funnet | siden findes ikke | siden finnes ikke | sidan hittades inte | sivua ei löydy |
    sayfa bulunamadı | الصفحة غير موجودة | הדף לא נמצא | ページが見つかりません | 页面不存在 | 找不到页面 |
    페이지를 찾을 수 없습니다
"""
