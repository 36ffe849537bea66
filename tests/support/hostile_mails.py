"""HTML of mails that want to run something, or to load something from `URL`, as soon as they are shown."""

HOSTILE = {
    "script": """
        <script>alert(1); top.document.title = "taken"; fetch("URL/a")</script>
        <script src="URL/b"></script>
    """,
    "module": """
        <script type="module" src="URL/a"></script>
        <link rel="modulepreload" href="URL/b">
    """,
    "handlers": """
        <img src=x onerror="alert(1)">
        <body onload="alert(2)">
        <svg onload="alert(3)"></svg>
        <input autofocus onfocus="alert(4)">
    """,
    "details": """
        <details open ontoggle="alert(1)"><summary>x</summary></details>
        <video><source onerror="alert(2)"></video>
    """,
    "refresh": """
        <meta http-equiv="refresh" content="0;url=URL/a">
        <meta http-equiv="refresh" content="1;url=javascript:alert(1)">
    """,
    "policy": """
        <meta http-equiv="Content-Security-Policy" content="default-src *; img-src *">
        <img src="URL/a">
    """,
    "import": """
        <style>@import url("URL/a"); @import "URL/b";</style>
        <link rel="stylesheet" href="URL/c">
    """,
    "css": """
        <style>
            body { background: url(URL/a) }
            @font-face { font-family: x; src: url(URL/b) }
            p { font-family: x; list-style: url(URL/c) }
            p::after { content: url(URL/d) }
        </style>
        <p style="background: url(URL/e)">x</p>
    """,
    "svg": """
        <svg>
            <script>alert(1)</script><image href="URL/a"/><use href="URL/b#x"/>
            <a href="javascript:alert(2)"><animate attributeName="href" to="URL/c"/></a>
            <foreignObject><img src="URL/d" onerror="alert(3)"></foreignObject>
        </svg>
    """,
    "images": """
        <img src="URL/a" srcset="URL/b 2x">
        <picture><source srcset="URL/c"><img></picture>
        <input type=image src="URL/d">
        <table background="URL/e"></table>
        <body background="URL/f">
    """,
    "frames": """
        <iframe src="URL/a"></iframe>
        <iframe srcdoc="<script>alert(1)</script><img src=URL/b>"></iframe>
        <frameset><frame src="URL/c"></frameset>
    """,
    "frames with scripts": """
        <iframe src="javascript:alert(1)"></iframe>
        <iframe src="data:text/html,<script>alert(2)</script>"></iframe>
    """,
    "objects": """
        <object data="URL/a"></object><embed src="URL/b"><applet code="URL/c"></applet>
        <object type="text/html" data="data:text/html,<script>alert(1)</script>"></object>
    """,
    "media": """
        <video src="URL/a" autoplay poster="URL/b"><track src="URL/d" default></video>
        <audio src="URL/c" autoplay></audio>
    """,
    "prefetch": """
        <link rel="prefetch" href="URL/a">
        <link rel="preload" as="image" href="URL/b">
        <link rel="prerender" href="URL/c">
    """,
    "preconnect": """
        <link rel="preconnect" href="URL"><link rel="dns-prefetch" href="URL">
        <LINK/rel=preconnect href=URL>
        <meta http-equiv="Link" content="<URL>; rel=preconnect">
    """,
    "icon": """
        <link rel="icon" href="URL/a"><link rel="manifest" href="URL/b">
    """,
    "base": """
        <base href="URL/">
        <img src="a.png"><link rel="stylesheet" href="b.css"><script src="c.js"></script>
    """,
    "form": """
        <form action="URL/a" id="f"><input name="q"></form><script>f.submit()</script>
    """,
    "odd places": """
        <template><img src=URL/a></template><noscript><img src=URL/b></noscript>
        <math><mtext><table><mglyph><style><img src=URL/c onerror=alert(1)></style></mglyph></table></mtext></math>
    """,
    "own": """
        <img src="/read"><img src="/delete">
        <form action="/delete" method="post"><button>x</button></form>
    """,
}
