"""What asks for something by itself, in the languages of the interface. Owns these sayings.

Here: whole sayings, in the order en, fr, es, pt, de, ru, ar, fa, tr, id, hi, zh. Case, accents and punctuation do not
matter.
Not here: verbs with a topic (wanted_verbs), the small words around (wanted_words), what becomes of it (wanted).
"""

from __future__ import annotations

from bot.news.wants import Want

SAYINGS: tuple[tuple[Want, tuple[str, ...]], ...] = (
    (
        Want.LATEST,
        (
            "latest, the latest, news, the news, headlines, today, today's news, news today, what's new, any news",
            "breaking, what happened, what happened today, what's happening, what's going on, more news",
            "show me the news, lastest, infos, actus, nouvelles, les infos, les titres, gros titres, à la une",
            "dernières, quoi de neuf, info du jour, noticias, las noticias, noticias de hoy, titulares, novedades",
            "últimas, qué pasó hoy, qué ha pasado hoy, notícias, as notícias, notícias de hoje, manchetes, novidades",
            "o que aconteceu hoje, nachrichten, schlagzeilen, was gibt's neues, was ist heute passiert, aktuelles",
            "новости, последние новости, новости дня, заголовки, что нового, что случилось, последнее, الأخبار",
            "أخبار, آخر الأخبار, ما هي آخر الأخبار, عاجل, أخبار اليوم, عناوين, ما الجديد, اخبار, خبر, خبرها",
            "آخرین اخبار, اخبار امروز, چه خبر, haber, haberler, son haberler, gündem, manşetler, bugün ne oldu",
            "son dakika, berita, berita terbaru, berita hari ini, kabar terbaru, terbaru, ada berita apa, खबर, खबरें",
            "समाचार, ताज़ा खबर, ताज़ा खबरें, आज की खबर, आज क्या हुआ, न्यूज़, 新闻, 最新新闻, 最新消息, 头条, 最新",
            "今日新闻, 有什么新闻, 发生了什么",
        ),
    ),
    (
        Want.TOPICS,
        (
            "my topics, topics, my subscriptions, subscriptions, what do i follow, what am i following, list topics",
            "list, my list, my alerts, mes sujets, mes thèmes, sujets, mes abonnements, abonnements, mes alertes",
            "mis temas, temas, mis suscripciones, mis alertas, qué sigo, meus tópicos, meus temas, minhas inscrições",
            "minhas assinaturas, o que eu sigo, meine themen, themen, meine abos, meine abonnements, мои темы, темы",
            "мои подписки, подписки, на что я подписан, مواضيعي, المواضيع, اشتراكاتي, ماذا أتابع, موضوعات من",
            "موضوع های من, اشتراک های من, konularım, konular, aboneliklerim, topik saya, langganan saya",
            "daftar topik, मेरे विषय, विषय, मेरी सदस्यताएं, 我的话题, 我的主题, 我的订阅, 我的关注, 话题, 订阅列表",
        ),
    ),
    (
        Want.SETTINGS,
        (
            "settings, setting, preferences, options, configuration, config, setup, paramètres, réglages",
            "préférences, paramètre, ajustes, configuración, opciones, preferencias, configurações, definições",
            "opções, preferências, einstellungen, einstellung, optionen, настройки, настройка, параметры, الإعدادات",
            "إعدادات, تنظیمات, ayarlar, ayar, seçenekler, pengaturan, setelan, सेटिंग, सेटिंग्स, 设置, 选项, 设定",
        ),
    ),
    (
        Want.LANGUAGE,
        (
            "language, languages, change language, change the language, speak english, in english please, langue",
            "langues, changer de langue, parle français, parlez-vous français, en français, idioma, cambiar idioma",
            "cambiar de idioma, en español, habla español, hablas español, mudar idioma, mudar de idioma",
            "em português, fala português, sprache, sprache ändern, auf deutsch, sprichst du deutsch, язык",
            "сменить язык, по-русски, на русском, اللغة, تغيير اللغة, غير اللغة, بالعربية, بالعربي, زبان, تغییر زبان",
            "به فارسی, dil, dili değiştir, türkçe konuş, bahasa, ganti bahasa, pakai bahasa indonesia, भाषा",
            "भाषा बदलें, भाषा बदलो, हिंदी में, 语言, 更改语言, 切换语言, 说中文, 中文",
        ),
    ),
    (
        Want.QUIET,
        (
            "quiet, quiet hours, silence, silent, be quiet, shut up, do not disturb, don't disturb",
            "too many messages, mute, too many alerts, too many notifications, notifications, notifications off",
            "turn off notifications, stop spamming, unmute, mute me, mute all, not at night, tais-toi, chut, muet",
            "ne pas déranger, trop de messages, heures calmes, trop d'alertes, couper le son",
            "désactiver les notifications, mode silencieux, silencio, silenciar, cállate, no molestar",
            "demasiados mensajes, horas de silencio, sin sonido, silêncio, cala a boca, não perturbe",
            "mensagens demais, muitas mensagens, ruhe, ruhezeit, ruhezeiten, stumm, stummschalten, leise",
            "nicht stören, zu viele nachrichten, тихо, тишина, тихий режим, тихие часы, без звука, замолчи",
            "не беспокоить, отключи звук, слишком много сообщений, отключи уведомления, صامت, اصمت, اسكت, كتم",
            "كتم الصوت, لا تزعجني, عدم الإزعاج, رسائل كثيرة, ساكت, ساکت, سکوت, بی صدا, مزاحم نشو, sessiz, sus",
            "sessize al, rahatsız etme, çok fazla mesaj, diam, senyap, bisukan, jangan ganggu, terlalu banyak pesan",
            "चुप, चुप रहो, शांत, म्यूट, परेशान मत करो, 静音, 安静, 勿扰, 免打扰, 消息太多, 闭嘴",
        ),
    ),
    (
        Want.PAUSE,
        (
            "pause, pause alerts, take a break, hold on, wait, snooze, mets en pause, faire une pause, attends",
            "pausa, pausar, espera, descanso, espere, pausieren, mach pause, warte, пауза, приостанови",
            "поставь на паузу, подожди, перерыв, إيقاف مؤقت, توقف مؤقتا, انتظر, استراحة, مکث, توقف موقت, صبر کن",
            "duraklat, mola, bekle, ara ver, jeda, tunda, tunggu, विराम, थोड़ा रुको, 暂停, 等一下",
        ),
    ),
    (
        Want.STOP,
        (
            "stop, stop it, stop everything, stop all, stop now, unsubscribe all, unsubscribe from everything, quit",
            "exit, unsubscribe me from everything, cancel, end, delete me, delete my data, delete my account",
            "forget me, remove me, leave me alone, go away, stop bot, no more messages, arrête, arrêter, arrête tout",
            "fin, annuler, oublie-moi, supprime mes données, laisse-moi tranquille, ça suffit, para, parar, detener",
            "detente, alto, basta, basta ya, ya basta, cancelar, salir, olvídame, borra mis datos, déjame en paz",
            "pare, chega, sair, esqueça-me, apague meus dados, stopp, halt, aufhören, hör auf, beenden, abbrechen",
            "vergiss mich, lösche meine daten, lass mich in ruhe, стоп, хватит, прекрати, остановись, отмена, выход",
            "забудь меня, удали мои данные, отписаться от всего, отпишись от всего, توقف, قف, أوقف, كفى, إلغاء, خروج",
            "انسني, احذف بياناتي, إلغاء الكل, بس, کافیه, بایست, بس کن, لغو, فراموشم کن, dur, yeter, yeter artık",
            "durdur, iptal, çıkış, beni unut, bırak, berhenti, cukup, batal, keluar, lupakan saya, रुको, रुक जाओ",
            "बंद करो, बस, रद्द करें, मुझे भूल जाओ, 停, 停止, 停下, 取消, 退出, 忘记我, 删除我的数据, 别发了",
            "全部取消",
        ),
    ),
    (
        Want.DIGEST,
        (
            "digest, daily digest, summary, daily summary, briefing, morning briefing, brief me, résumé",
            "résumé quotidien, récap, récapitulatif, resumen, resumen diario, resumo, resumo diário, zusammenfassung",
            "tagesüberblick, überblick, дайджест, сводка, сводка за день, ملخص, الملخص, الملخص اليومي, موجز, خلاصه",
            "خلاصه روزانه, özet, günlük özet, ringkasan, rangkuman, ringkasan harian, सारांश, दैनिक सारांश, 摘要",
            "每日摘要, 简报, 总结",
        ),
    ),
    (
        Want.SOURCES,
        (
            "sources, which sources, your sources, where do you get your news, quelles sources",
            "d'où viennent les infos, tes sources, fuentes, qué fuentes, fontes, quais fontes, quellen",
            "welche quellen, источники, какие источники, المصادر, مصادر, ما هي مصادرك, منابع, kaynaklar",
            "kaynakların neler, sumber, sumber berita, स्रोत, 来源, 新闻来源",
        ),
    ),
    (
        Want.ABOUT,
        (
            "who are you, about, about you, what are you, are you a bot, are you human, who made you, your name",
            "qui es-tu, tu es qui, qui êtes-vous, à propos, es-tu un robot, quién eres, acerca de, eres un bot",
            "quem é você, quem és tu, você é um robô, sobre você, wer bist du, bist du ein bot, über dich, кто ты",
            "ты кто, о боте, ты бот, من أنت, عن البوت, هل أنت روبوت, تو کی هستی, کی هستی, درباره تو, sen kimsin",
            "kimsin, sen bot musun, siapa kamu, kamu siapa, तुम कौन हो, आप कौन हैं, 你是谁, 关于你, 你是机器人吗",
        ),
    ),
    (
        Want.PRIVACY,
        (
            "privacy, my data, what do you know about me, what do you store, confidentialité, vie privée",
            "mes données, privacidad, mis datos, qué sabes de mí, privacidade, meus dados, datenschutz, meine daten",
            "приватность, конфиденциальность, мои данные, الخصوصية, بياناتي, حریم خصوصی, gizlilik, verilerim",
            "privasi, data saya, गोपनीयता, 隐私, 我的数据",
        ),
    ),
    (
        Want.HELP,
        (
            "help, help me, i need help, commands, command, menu, what can you do, what do you do",
            "how does this work, how does it work, how do i use this, how do i use you, how to use, instructions",
            "manual, what can i ask, info, i don't understand, i am lost, what now, what is this, hepl, halp, how",
            "what, aide, aide-moi, aidez-moi, à l'aide, au secours, commandes, que peux-tu faire, que sais-tu faire",
            "tu fais quoi, tu sers à quoi, comment ça marche, qu'est-ce que tu peux faire",
            "qu'est-ce que tu sais faire, je ne comprends pas, mode d'emploi, ayuda, ayúdame, socorro, comandos",
            "qué puedes hacer, qué haces, qué sabes hacer, cómo funciona, cómo funciona esto, cómo se usa",
            "no entiendo, ajuda, me ajude, ajude-me, o que você pode fazer, o que você faz, o que sabes fazer",
            "como funciona, não entendo, hilfe, hilf mir, befehle, was kannst du, was kannst du tun, was machst du",
            "wie funktioniert das, wie geht das, ich verstehe nicht, помощь, помоги, помогите, команды, меню",
            "что ты умеешь, что ты можешь, справка, как это работает, как пользоваться, не понимаю, مساعدة, المساعدة",
            "ساعدني, النجدة, الأوامر, القائمة, ماذا تفعل, ماذا يمكنك أن تفعل, ماذا تستطيع أن تفعل, كيف يعمل هذا",
            "كيف أستخدمك, لا أفهم, کمک, راهنما, کمکم کن, دستورات, منو, چه کار می کنی, چیکار میکنی",
            "چه کاری می توانی انجام دهی, چطور کار می کند, نمی فهمم, yardım, yardım et, imdat, komutlar, menü",
            "ne yapabilirsin, neler yapabilirsin, ne yapıyorsun, nasıl çalışır, nasıl kullanılır, anlamadım, bantuan",
            "tolong, bantu saya, perintah, apa yang bisa kamu lakukan, kamu bisa apa, bagaimana cara kerjanya",
            "cara pakai, saya tidak mengerti, मदद, मदद करो, मदद चाहिए, सहायता, मेनू, तुम क्या कर सकते हो",
            "आप क्या कर सकते हैं, यह कैसे काम करता है, समझ नहीं आया, 帮助, 帮忙, 救命, 命令, 菜单, 你能做什么",
            "你会做什么, 你可以做什么, 怎么用, 如何使用",
        ),
    ),
    (
        Want.START,
        (
            "start, begin, restart, commencer, démarrer, empezar, comenzar, iniciar, começar, starten, anfangen",
            "старт, начать, начнем, ابدأ, ابدا, البدء, شروع, başla, başlat, mulai, शुरू, शुरू करें, 开始",
        ),
    ),
    (
        Want.HELLO,
        (
            "hi, hello, hey, hiya, yo, good morning, good evening, good afternoon, good day, greetings, what's up",
            "whats up, sup, how are you, hello there, hi there, hi bot, hello bot, helo, hallo, bonjour, salut",
            "bonsoir, coucou, ça va, comment ça va, comment vas-tu, hola, buenas, buenos días, buenas tardes",
            "buenas noches, qué tal, cómo estás, olá, qué pasa, oi, bom dia, boa tarde, boa noite, tudo bem, e aí",
            "guten tag, guten morgen, guten abend, servus, moin, grüß gott, grüezi, wie geht's, wie geht es dir",
            "привет, здравствуйте, здравствуй, добрый день, доброе утро, добрый вечер, как дела, مرحبا, السلام عليكم",
            "سلام, سلام عليكم, السلام عليكم ورحمة الله, السلام عليكم ورحمة الله وبركاته, أهلا, أهلا وسهلا",
            "صباح الخير, مساء الخير, هلا, كيف حالك, درود, صبح بخیر, حالت چطوره, خوبی, merhaba, selam, günaydın",
            "iyi akşamlar, iyi günler, nasılsın, naber, halo, hai, selamat pagi, selamat siang, selamat sore",
            "selamat malam, apa kabar, नमस्ते, नमस्कार, हैलो, हाय, सुप्रभात, कैसे हो, आप कैसे हैं, 你好, 您好, 嗨",
            "早上好, 晚上好, 早安, 你好吗",
        ),
    ),
    (
        Want.THANKS,
        (
            "thanks, thank you, thx, ty, thank you very much, thank you so much, thanks a lot, many thanks, cheers",
            "great, good, nice, cool, ok, okay, k, perfect, awesome, love it, good bot, yes, no, bye, goodbye",
            "good night, see you, lol, haha, wow, well done, sorry, test, merci, merci beaucoup, génial, parfait",
            "d'accord, oui, non, au revoir, bonne nuit, à bientôt, super, gracias, muchas gracias, genial, perfecto",
            "vale, sí, adiós, hasta luego, obrigado, obrigada, muito obrigado, muito obrigada, valeu, ótimo",
            "perfeito, sim, não, tchau, danke, danke schön, vielen dank, toll, ja, nein, tschüss, gute nacht",
            "auf wiedersehen, спасибо, большое спасибо, отлично, хорошо, ок, да, нет, пока, до свидания",
            "спокойной ночи, شكرا, شكرا جزيلا, شكرا لك, ممتاز, حسنا, نعم, لا, مع السلامة, تصبح على خير, ممنون, مرسی",
            "متشکرم, خیلی ممنون, سپاس, عالی, باشه, بله, نه, خداحافظ, teşekkürler, teşekkür ederim, sağ ol, harika",
            "tamam, evet, hayır, hoşça kal, iyi geceler, güle güle, terima kasih, makasih, bagus, oke, baik, ya",
            "tidak, sampai jumpa, धन्यवाद, शुक्रिया, बहुत अच्छा, ठीक है, हां, नहीं, अलविदा, 谢谢, 谢谢你, 多谢, 好的",
            "好, 很好, 是, 不, 再见, 晚安, 哈哈",
        ),
    ),
)
