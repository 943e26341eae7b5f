<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl">
<context>
    <name>AccessAssistant</name>
    <message>
        <source>Where do you work?</source>
        <translation>Waar werkt u?</translation>
    </message>
    <message>
        <source>What did you see?</source>
        <translation>Wat zag u?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sluiten</translation>
    </message>
    <message>
        <source>Getting access</source>
        <translation>Toegang krijgen</translation>
    </message>
    <message>
        <source>The Portal&apos;s Own Page</source>
        <translation>De pagina van het portaal zelf</translation>
    </message>
</context>
<context>
    <name>AccessMail</name>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Organisation and role</source>
        <translation>Organisatie en functie</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-mailadres</translation>
    </message>
    <message>
        <source>I want to use</source>
        <translation>Ik wil gebruiken</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Omdat</translation>
    </message>
    <message>
        <source>High-resolution data, because</source>
        <translation>Data met hoge resolutie, omdat</translation>
    </message>
    <message>
        <source>What I saw, with the code</source>
        <translation>Wat ik zag, met de code</translation>
    </message>
    <message>
        <source>downloading observations, own lists, notifications</source>
        <translation>waarnemingen downloaden, eigen lijsten, meldingen</translation>
    </message>
    <message>
        <source>Copied. Paste it into a mail to {address}.</source>
        <translation>Gekopieerd. Plak het in een mail naar {address}.</translation>
    </message>
    <message>
        <source>Open Mail Program</source>
        <translation>Mailprogramma openen</translation>
    </message>
    <message>
        <source>Copy Text</source>
        <translation>Tekst kopiëren</translation>
    </message>
    <message>
        <source>Fill in “{field}” first.</source>
        <translation>Vul eerst “{field}” in.</translation>
    </message>
</context>
<context>
    <name>AccessTexts</name>
    <message>
        <source>At the Flemish government</source>
        <translation>Bij de Vlaamse overheid</translation>
    </message>
    <message>
        <source>At a municipality or a province</source>
        <translation>Bij een gemeente of provincie</translation>
    </message>
    <message>
        <source>Elsewhere, or I ask as a citizen</source>
        <translation>Elders, of ik vraag het als burger</translation>
    </message>
    <message>
        <source>I have not tried yet</source>
        <translation>Ik heb het nog niet geprobeerd</translation>
    </message>
    <message>
        <source>Error code {code}: no rights</source>
        <translation>Foutcode {code}: geen rechten</translation>
    </message>
    <message>
        <source>No error, but QGIS goes on waiting</source>
        <translation>Geen fout, maar QGIS blijft wachten</translation>
    </message>
    <message>
        <source>itsme or my eID does not work</source>
        <translation>itsme of mijn eID werkt niet</translation>
    </message>
    <message>
        <source>Another error</source>
        <translation>Een andere fout</translation>
    </message>
    <message>
        <source>I am in, but without high-resolution data</source>
        <translation>Ik ben binnen, maar zonder data met hoge resolutie</translation>
    </message>
    <message>
        <source>Just sign in, with itsme or eID. Where you are asked in which capacity, choose your organisation, or citizen.</source>
        <translation>Meld u gewoon aan, met itsme of eID. Vraagt men in welke hoedanigheid, kies dan uw organisatie of burger.</translation>
    </message>
    <message>
        <source>Sign in with a code, on this or any other device. On Citrix and remote desktops the browser often cannot come back to QGIS.</source>
        <translation>Meld u aan met een code, op dit of een ander toestel. Op Citrix en externe bureaubladen kan de browser vaak niet terugkeren naar QGIS.</translation>
    </message>
    <message>
        <source>Look at your rights on Mijn profiel: choose your kind of government, then “Mijn gebruikersrechten”. If it says “Het Vlaams Biodiversiteitsportaal”, you have access.</source>
        <translation>Bekijk uw rechten op Mijn profiel: kies uw soort overheid en dan “Mijn gebruikersrechten”. Staat er “Het Vlaams Biodiversiteitsportaal”, dan hebt u toegang.</translation>
    </message>
    <message>
        <source>Ask for the right yourself. Your local administrator gets a mail and decides; then you get one.</source>
        <translation>Vraag het recht zelf aan. Uw lokale beheerder krijgt een mail en beslist; daarna krijgt u er een.</translation>
    </message>
    <message>
        <source>Ask your local administrator, mostly the ICT helpdesk, for the right “{right}”. On Mijn profiel, “Mijn lokale beheerders” tells who that is.</source>
        <translation>Vraag uw lokale beheerder, meestal de ICT-helpdesk, om het recht “{right}”. Op Mijn profiel zegt “Mijn lokale beheerders” wie dat is.</translation>
    </message>
    <message>
        <source>Ask your local administrator explicitly to add the context “{context}” to your right “{right}”. Sign in anew after that.</source>
        <translation>Vraag uw lokale beheerder uitdrukkelijk om de context “{context}” toe te voegen aan uw recht “{right}”. Meld u daarna opnieuw aan.</translation>
    </message>
    <message>
        <source>Ask for an account by mail, at {support}. Say who you are and why you need it: not everybody gets one.</source>
        <translation>Vraag een account per mail, bij {support}. Zeg wie u bent en waarom u het nodig hebt: niet iedereen krijgt er een.</translation>
    </message>
    <message>
        <source>Ask for it by mail, at {support}, and say what you need the exact places for.</source>
        <translation>Vraag het per mail, bij {support}, en zeg waarvoor u de exacte plaatsen nodig hebt.</translation>
    </message>
    <message>
        <source>If it goes on: mail {support} what you saw, with the code and the time.</source>
        <translation>Blijft het duren: mail {support} wat u zag, met de code en het tijdstip.</translation>
    </message>
    <message>
        <source>Call {line}, free, on working days from 9 to 19 h (from abroad +32 2 553 17 00, paid). They help with itsme, eID and Gebruikersbeheer; also by mail and chat.</source>
        <translation>Bel {line}, gratis, op werkdagen van 9 tot 19 uur (vanuit het buitenland +32 2 553 17 00, betalend). Daar helpt men met itsme, eID en Gebruikersbeheer; ook per mail en chat.</translation>
    </message>
    <message>
        <source>Sign In</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Sign In as a Citizen</source>
        <translation>Aanmelden als burger</translation>
    </message>
    <message>
        <source>Sign In with a Code</source>
        <translation>Aanmelden met een code</translation>
    </message>
    <message>
        <source>Open Mijn Profiel</source>
        <translation>Mijn profiel openen</translation>
    </message>
    <message>
        <source>Ask for the Right</source>
        <translation>Recht aanvragen</translation>
    </message>
    <message>
        <source>Copy This Question</source>
        <translation>Deze vraag kopiëren</translation>
    </message>
    <message>
        <source>Open the Page of 1700</source>
        <translation>Pagina van 1700 openen</translation>
    </message>
    <message>
        <source>Sign in once more with itsme or eID. Where you are asked in which capacity, choose “citizen” in place of an organisation.</source>
        <translation>Meld u nog eens aan met itsme of eID. Vraagt men in welke hoedanigheid, kies dan “burger” in plaats van een organisatie.</translation>
    </message>
</context>
<context>
    <name>AccountArea</name>
    <message>
        <source>Type the code on any device. It serves for {minutes}:{seconds} more.</source>
        <translation>Typ de code op eender welk toestel. Ze blijft nog {minutes}:{seconds} geldig.</translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the link into one, or use a code. Waiting for {minutes}:{seconds} more.</source>
        <translation>Er kon geen browser geopend worden. Kopieer de link naar een browser of gebruik een code. Wacht nog {minutes}:{seconds}.</translation>
    </message>
    <message>
        <source>Continue in the browser. Waiting for {minutes}:{seconds} more.</source>
        <translation>Ga verder in de browser. Wacht nog {minutes}:{seconds}.</translation>
    </message>
    <message>
        <source>Sign In with a Code</source>
        <translation>Aanmelden met een code</translation>
    </message>
    <message>
        <source>Help with Access</source>
        <translation>Hulp bij toegang</translation>
    </message>
    <message>
        <source>Show Log</source>
        <translation>Logboek tonen</translation>
    </message>
    <message>
        <source>You are still remembered, but: {reason}</source>
        <translation>Uw aanmelding is nog bewaard, maar: {reason}</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Opnieuw proberen</translation>
    </message>
    <message>
        <source>Your sign-in has ended. What is open still works; sign in for the rest.</source>
        <translation>Uw aanmelding is afgelopen. Wat open is, werkt nog; meld u aan voor de rest.</translation>
    </message>
    <message>
        <source>Sign In</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>You are signed out, but the keyring of this computer could not be reached: the next start of QGIS may find you signed in. Unlock it and sign out again.</source>
        <translation>U bent afgemeld, maar de sleutelbos van deze computer was niet bereikbaar: bij de volgende start van QGIS bent u misschien weer aangemeld. Ontgrendel de sleutelbos en meld u opnieuw af.</translation>
    </message>
    <message>
        <source>You are signed out here. The portal could not be told; its own session ends by itself.</source>
        <translation>U bent hier afgemeld. Het portaal kon niet verwittigd worden; de sessie daar eindigt vanzelf.</translation>
    </message>
    <message>
        <source>You are signed out. Your browser may still know you.</source>
        <translation>U bent afgemeld. Uw browser kent u misschien nog.</translation>
    </message>
    <message>
        <source>Sign Out There Too</source>
        <translation>Daar ook afmelden</translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the link in place of that.</source>
        <translation>Er kon geen browser geopend worden. Kopieer in plaats daarvan de link.</translation>
    </message>
</context>
<context>
    <name>AccountFacts</name>
    <message>
        <source>High-resolution observations: yes. Sensitive species are shown at their true place; do not pass that on.</source>
        <translation>Waarnemingen met hoge resolutie: ja. Gevoelige soorten staan op hun echte plaats; geef die niet door.</translation>
    </message>
    <message>
        <source>High-resolution observations: no. Sensitive species are shown blurred, as to everyone.</source>
        <translation>Waarnemingen met hoge resolutie: nee. Gevoelige soorten staan vervaagd, zoals voor iedereen.</translation>
    </message>
    <message>
        <source>the Credential Manager of Windows</source>
        <translation>Referentiebeheer van Windows</translation>
    </message>
    <message>
        <source>the Keychain of macOS</source>
        <translation>de Sleutelhanger van macOS</translation>
    </message>
    <message>
        <source>the keyring of this desktop</source>
        <translation>de sleutelbos van dit bureaublad</translation>
    </message>
    <message>
        <source>The administrator of this computer has switched the keyring off.</source>
        <translation>De beheerder van deze computer heeft de sleutelbos uitgezet.</translation>
    </message>
    <message>
        <source>This computer has no keyring that can be used.</source>
        <translation>Deze computer heeft geen bruikbare sleutelbos.</translation>
    </message>
    <message>
        <source>The keyring of this computer has too little room.</source>
        <translation>De sleutelbos van deze computer heeft te weinig plaats.</translation>
    </message>
    <message>
        <source>The keyring is locked.</source>
        <translation>De sleutelbos is vergrendeld.</translation>
    </message>
    <message>
        <source>The keyring did not answer in time.</source>
        <translation>De sleutelbos antwoordde niet op tijd.</translation>
    </message>
    <message>
        <source>The keyring did not keep it.</source>
        <translation>De sleutelbos heeft het niet bewaard.</translation>
    </message>
    <message>
        <source>The keyring does not work; the log says more.</source>
        <translation>De sleutelbos werkt niet; het logboek zegt meer.</translation>
    </message>
    <message>
        <source>Another window of QGIS has signed out.</source>
        <translation>Een ander venster van QGIS heeft afgemeld.</translation>
    </message>
    <message>
        <source>You stay signed in until you sign out.</source>
        <translation>U blijft aangemeld tot u zich afmeldt.</translation>
    </message>
    <message>
        <source>You stay signed in until you close QGIS.</source>
        <translation>U blijft aangemeld tot u QGIS sluit.</translation>
    </message>
    <message>
        <source>You stay signed in until you sign out; if you do not use QGIS, until {when}.</source>
        <translation>U blijft aangemeld tot u zich afmeldt; als u QGIS niet gebruikt, tot {when}.</translation>
    </message>
    <message>
        <source>You stay signed in until you close QGIS; without a connection, until {when}.</source>
        <translation>U blijft aangemeld tot u QGIS sluit; zonder verbinding tot {when}.</translation>
    </message>
    <message>
        <source>Your sign-in is kept in {keyring}.</source>
        <translation>Uw aanmelding wordt bewaard in {keyring}.</translation>
    </message>
    <message>
        <source>Your sign-in is kept for this session only.</source>
        <translation>Uw aanmelding wordt alleen voor deze sessie bewaard.</translation>
    </message>
</context>
<context>
    <name>AccountLine</name>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>Sign In</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>high resolution</source>
        <translation>hoge resolutie</translation>
    </message>
    <message>
        <source>open data</source>
        <translation>open data</translation>
    </message>
    <message>
        <source>this session only</source>
        <translation>alleen deze sessie</translation>
    </message>
    <message>
        <source>My Profile</source>
        <translation>Mijn profiel</translation>
    </message>
    <message>
        <source>Switch Organisation</source>
        <translation>Andere organisatie</translation>
    </message>
    <message>
        <source>Sign Out</source>
        <translation>Afmelden</translation>
    </message>
    <message>
        <source>Sign in on a page of the portal, in your browser</source>
        <translation>Aanmelden op een pagina van het portaal, in uw browser</translation>
    </message>
    <message>
        <source>Flemish Government Staff or Citizen (itsme, eID)</source>
        <translation>Medewerker Vlaamse overheid of burger (itsme, eID)</translation>
    </message>
    <message>
        <source>Portal Account with a Password</source>
        <translation>Portaalaccount met wachtwoord</translation>
    </message>
    <message>
        <source>Use Another Account</source>
        <translation>Een ander account gebruiken</translation>
    </message>
    <message>
        <source>With a Code, on Another Device</source>
        <translation>Met een code, op een ander toestel</translation>
    </message>
    <message>
        <source>Stay Signed In on This Computer</source>
        <translation>Op deze computer aangemeld blijven</translation>
    </message>
    <message>
        <source>I Cannot Get In…</source>
        <translation>Ik raak niet binnen…</translation>
    </message>
    <message>
        <source>What this account may see, and what you can change</source>
        <translation>Wat dit account mag zien en wat u kunt wijzigen</translation>
    </message>
    <message>
        <source>Account Details</source>
        <translation>Accountgegevens</translation>
    </message>
    <message>
        <source>Not signed in. An account adds downloads, own lists and notifications.</source>
        <translation>Niet aangemeld. Een account geeft downloads, eigen lijsten en meldingen.</translation>
    </message>
</context>
<context>
    <name>AccountPanel</name>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisatie</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Ask for High-Resolution Data…</source>
        <translation>Data met hoge resolutie vragen…</translation>
    </message>
    <message>
        <source>My Profile</source>
        <translation>Mijn profiel</translation>
    </message>
    <message>
        <source>Change My Details</source>
        <translation>Mijn gegevens wijzigen</translation>
    </message>
    <message>
        <source>Change Password</source>
        <translation>Wachtwoord wijzigen</translation>
    </message>
    <message>
        <source>Switch Organisation</source>
        <translation>Andere organisatie</translation>
    </message>
    <message>
        <source>Use Another Account</source>
        <translation>Een ander account gebruiken</translation>
    </message>
    <message>
        <source>Sign Out</source>
        <translation>Afmelden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sluiten</translation>
    </message>
    <message>
        <source>What this account may see</source>
        <translation>Wat dit account mag zien</translation>
    </message>
    <message>
        <source>How long you stay signed in</source>
        <translation>Hoelang u aangemeld blijft</translation>
    </message>
    <message>
        <source>Where your sign-in is kept</source>
        <translation>Waar uw aanmelding bewaard wordt</translation>
    </message>
</context>
<context>
    <name>AccountWaiting</name>
    <message>
        <source>Open the Page Again</source>
        <translation>Pagina opnieuw openen</translation>
    </message>
    <message>
        <source>Copy Link</source>
        <translation>Link kopiëren</translation>
    </message>
    <message>
        <source>With a Code Instead</source>
        <translation>Liever met een code</translation>
    </message>
    <message>
        <source>I See an Error…</source>
        <translation>Ik zie een fout…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
</context>
<context>
    <name>AlertChoices</name>
    <message>
        <source>Look up names</source>
        <translation>Namen opzoeken</translation>
    </message>
    <message>
        <source>Read the datasets</source>
        <translation>De datasets lezen</translation>
    </message>
    <message>
        <source>Read the species lists</source>
        <translation>Soortenlijsten lezen</translation>
    </message>
    <message>
        <source>Search areas</source>
        <translation>Gebieden zoeken</translation>
    </message>
    <message>
        <source>Read the groups of species</source>
        <translation>De soortengroepen lezen</translation>
    </message>
</context>
<context>
    <name>AlertForm</name>
    <message>
        <source>a species</source>
        <translation>een soort</translation>
    </message>
    <message>
        <source>a dataset</source>
        <translation>een dataset</translation>
    </message>
    <message>
        <source>the species of a public list</source>
        <translation>de soorten van een openbare lijst</translation>
    </message>
    <message>
        <source>the question in Observations</source>
        <translation>de vraag bij Waarnemingen</translation>
    </message>
    <message>
        <source>Notify Me</source>
        <translation>Meld mij</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Name in the mails</source>
        <translation>Naam in de mails</translation>
    </message>
    <message>
        <source>Mail me about new observations of</source>
        <translation>Mail mij over nieuwe waarnemingen van</translation>
    </message>
    <message>
        <source>Ask something in Observations first.</source>
        <translation>Stel eerst een vraag bij Waarnemingen.</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>Zoek op naam</translation>
    </message>
    <message>
        <source>Observations of it may be filed under another name. Mail me about these too:</source>
        <translation>Waarnemingen ervan kunnen onder een andere naam staan. Mail mij ook hierover:</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wordt gelezen…</translation>
    </message>
    <message>
        <source>an area of the portal</source>
        <translation>een gebied van het portaal</translation>
    </message>
</context>
<context>
    <name>AlertHandOver</name>
    <message>
        <source>Read the notifications</source>
        <translation>De meldingen lezen</translation>
    </message>
    <message>
        <source>Look at the notifications</source>
        <translation>Naar de meldingen kijken</translation>
    </message>
    <message>
        <source>Reading your notifications…</source>
        <translation>Uw meldingen worden gelezen…</translation>
    </message>
    <message>
        <source>It is so already: there is nothing to change.</source>
        <translation>Dat is al zo: er valt niets te wijzigen.</translation>
    </message>
    <message>
        <source>The browser shows your notifications on the portal. Sign in there if it asks you to. When you see your notifications, come back and go on.</source>
        <translation>De browser toont uw meldingen op het portaal. Meld u daar aan als het portaal dat vraagt. Ziet u uw meldingen, kom dan terug en ga verder.</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>Verder</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Waiting until the portal shows the change…</source>
        <translation>Wachten tot het portaal de wijziging toont…</translation>
    </message>
    <message>
        <source>Look Whether It Was Done</source>
        <translation>Kijken of het gebeurd is</translation>
    </message>
    <message>
        <source>The portal does not show the change yet. Is the browser signed in as {name} too?</source>
        <translation>Het portaal toont de wijziging nog niet. Is ook de browser aangemeld als {name}?</translation>
    </message>
    <message>
        <source>Look Again</source>
        <translation>Opnieuw kijken</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Opnieuw proberen</translation>
    </message>
    <message>
        <source>You will get mails about “{name}”.</source>
        <translation>U krijgt mails over “{name}”.</translation>
    </message>
    <message>
        <source>You get no more mails about “{name}”.</source>
        <translation>U krijgt geen mails meer over “{name}”.</translation>
    </message>
    <message>
        <source>Your mails now come {name}.</source>
        <translation>Uw mails komen nu {name}.</translation>
    </message>
</context>
<context>
    <name>AlertMail</name>
    <message>
        <source>Read the notifications</source>
        <translation>De meldingen lezen</translation>
    </message>
    <message>
        <source>End the notifications</source>
        <translation>De meldingen opzeggen</translation>
    </message>
    <message>
        <source>End all of these? The portal then mails you about none of them:</source>
        <translation>Al deze opzeggen? Het portaal mailt u dan over geen enkele meer:</translation>
    </message>
    <message>
        <source>End All {n}</source>
        <translation>Alle {n} opzeggen</translation>
    </message>
    <message>
        <source>Keep Them</source>
        <translation>Behouden</translation>
    </message>
    <message>
        <source>All notifications have ended. No more mails come.</source>
        <translation>Alle meldingen zijn opgezegd. Er komen geen mails meer.</translation>
    </message>
    <message>
        <source>There are others by now than those shown. Nothing ended; look again.</source>
        <translation>Er zijn intussen andere dan die hier stonden. Er is niets opgezegd; kijk opnieuw.</translation>
    </message>
    <message>
        <source>This question is too long for a notification. QGIS can watch it itself.</source>
        <translation>Deze vraag is te lang voor een melding. QGIS kan ze zelf bewaken.</translation>
    </message>
    <message>
        <source>Watch in QGIS…</source>
        <translation>Bewaken in QGIS…</translation>
    </message>
    <message>
        <source>Look for the area</source>
        <translation>Het gebied opzoeken</translation>
    </message>
    <message>
        <source>Read a species list</source>
        <translation>Soortenlijst lezen</translation>
    </message>
    <message>
        <source>Reading the list…</source>
        <translation>De lijst wordt gelezen…</translation>
    </message>
    <message>
        <source>The portal files no observations under this area, so no mail would come. Ask for the area in Observations, and choose that question here.</source>
        <translation>Het portaal deelt geen waarnemingen in bij dit gebied, dus er zou nooit een mail komen. Vraag het gebied op bij Waarnemingen en kies hier die vraag.</translation>
    </message>
</context>
<context>
    <name>AlertPanel</name>
    <message>
        <source>By e-mail (portal)</source>
        <translation>Per e-mail (portaal)</translation>
    </message>
    <message>
        <source>How often mails come</source>
        <translation>Hoe vaak er mails komen</translation>
    </message>
    <message>
        <source>Search the notifications</source>
        <translation>Zoek in de meldingen</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Meldingen</translation>
    </message>
    <message>
        <source>Subscribe</source>
        <translation>Abonneren</translation>
    </message>
    <message>
        <source>Notify Me of…</source>
        <translation>Meld mij…</translation>
    </message>
    <message>
        <source>End all, open the portal, read again</source>
        <translation>Alles opzeggen, het portaal openen, opnieuw lezen</translation>
    </message>
    <message>
        <source>End All Notifications…</source>
        <translation>Alle meldingen opzeggen…</translation>
    </message>
    <message>
        <source>My Notifications on the Portal</source>
        <translation>Mijn meldingen op het portaal</translation>
    </message>
    <message>
        <source>Read Again</source>
        <translation>Opnieuw lezen</translation>
    </message>
    <message>
        <source>Mails come</source>
        <translation>Mails komen</translation>
    </message>
    <message>
        <source>Sign in to see and choose what the portal mails you about.</source>
        <translation>Meld u aan om te zien en te kiezen waarover het portaal u mailt.</translation>
    </message>
    <message>
        <source>Sign In</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Reading your notifications…</source>
        <translation>Uw meldingen worden gelezen…</translation>
    </message>
    <message>
        <source>You have not used notifications yet. If you agree, the portal keeps your name and {email} for them, and mails each week what is new in what you choose.</source>
        <translation>U gebruikte nog geen meldingen. Gaat u akkoord, dan bewaart het portaal uw naam en {email} daarvoor, en mailt het elke week wat er nieuw is in wat u kiest.</translation>
    </message>
    <message>
        <source>Use Notifications</source>
        <translation>Meldingen gebruiken</translation>
    </message>
    <message>
        <source>Your account has no e-mail address, which notifications need. Complete your profile first.</source>
        <translation>Uw account heeft geen e-mailadres, en dat is nodig voor meldingen. Vul eerst uw profiel aan.</translation>
    </message>
    <message>
        <source>No mails come at all: choose how often they should.</source>
        <translation>Er komen helemaal geen mails: kies hoe vaak ze mogen komen.</translation>
    </message>
    <message>
        <source>You get no mails yet. Choose something from the list.</source>
        <translation>U krijgt nog geen mails. Kies iets uit de lijst.</translation>
    </message>
    <message>
        <source>Also possible</source>
        <translation>Ook mogelijk</translation>
    </message>
    <message>
        <source>Unsubscribe</source>
        <translation>Opzeggen</translation>
    </message>
    <message>
        <source>What you get mails about</source>
        <translation>Hierover krijgt u mails</translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>New annotations of observations</source>
        <translation>Nieuwe annotaties bij waarnemingen</translation>
    </message>
    <message>
        <source>New observations with a picture</source>
        <translation>Nieuwe waarnemingen met een foto</translation>
    </message>
    <message>
        <source>All new observations</source>
        <translation>Alle nieuwe waarnemingen</translation>
    </message>
    <message>
        <source>New or changed species lists</source>
        <translation>Nieuwe of gewijzigde soortenlijsten</translation>
    </message>
    <message>
        <source>New datasets of observations</source>
        <translation>Nieuwe datasets met waarnemingen</translation>
    </message>
    <message>
        <source>New or changed datasets</source>
        <translation>Nieuwe of gewijzigde datasets</translation>
    </message>
    <message>
        <source>each hour</source>
        <translation>elk uur</translation>
    </message>
    <message>
        <source>each day</source>
        <translation>elke dag</translation>
    </message>
    <message>
        <source>each week</source>
        <translation>elke week</translation>
    </message>
    <message>
        <source>each month</source>
        <translation>elke maand</translation>
    </message>
    <message>
        <source>never: no mails</source>
        <translation>nooit: geen mails</translation>
    </message>
</context>
<context>
    <name>Analyses</name>
    <message>
        <source>The portal started analysis {number}.</source>
        <translation>Het portaal is begonnen aan analyse {number}.</translation>
    </message>
    <message>
        <source>Your area is still public on the portal, as {pids}.</source>
        <translation>Uw gebied staat nog openbaar op het portaal, als {pids}.</translation>
    </message>
    <message>
        <source>AOO and EOO of a species</source>
        <translation>AOO en EOO van een soort</translation>
    </message>
    <message>
        <source>Area report as PDF</source>
        <translation>Gebiedsrapport als PDF</translation>
    </message>
    <message>
        <source>Classification by environment</source>
        <translation>Classificatie naar omgeving</translation>
    </message>
    <message>
        <source>Compare two areas</source>
        <translation>Twee gebieden vergelijken</translation>
    </message>
    <message>
        <source>Double grid</source>
        <translation>Dubbel raster</translation>
    </message>
    <message>
        <source>Area by environmental layers</source>
        <translation>Gebied op grond van omgevingslagen</translation>
    </message>
    <message>
        <source>Generate points</source>
        <translation>Punten genereren</translation>
    </message>
    <message>
        <source>Map as a picture</source>
        <translation>Kaart als afbeelding</translation>
    </message>
    <message>
        <source>Merge areas</source>
        <translation>Gebieden samenvoegen</translation>
    </message>
    <message>
        <source>Observations to a grid</source>
        <translation>Waarnemingen naar raster</translation>
    </message>
    <message>
        <source>Scatterplot</source>
        <translation>Spreidingsdiagram</translation>
    </message>
    <message>
        <source>Draw a scatterplot again</source>
        <translation>Spreidingsdiagram opnieuw tekenen</translation>
    </message>
    <message>
        <source>Scatterplots of several layers</source>
        <translation>Spreidingsdiagrammen van meerdere lagen</translation>
    </message>
    <message>
        <source>Species by class of a layer (1D)</source>
        <translation>Soorten per klasse van een laag (1D)</translation>
    </message>
    <message>
        <source>Taxon frequency</source>
        <translation>Taxonfrequentie</translation>
    </message>
    <message>
        <source>Tells how much room a species takes: the cells it occupies (AOO), the hull around all observations (EOO), an alpha hull, and circles around the observations.</source>
        <translation>Zegt hoeveel plaats een soort inneemt: de bezette cellen (AOO), de omhulling van alle waarnemingen (EOO), een alfa-omhulling, en cirkels rond de waarnemingen.</translation>
    </message>
    <message>
        <source>Tells in one document what an area holds: observations, species, layers.</source>
        <translation>Zegt in één document wat er in een gebied is: waarnemingen, soorten, lagen.</translation>
    </message>
    <message>
        <source>Divides an area into groups of places that are alike on the layers that you choose.</source>
        <translation>Verdeelt een gebied in groepen van plaatsen die volgens de gekozen lagen op elkaar lijken.</translation>
    </message>
    <message>
        <source>Tells which species two areas share, and which only one of them has.</source>
        <translation>Zegt welke soorten twee gebieden delen, en welke er maar in één voorkomen.</translation>
    </message>
    <message>
        <source>Counts species by cell of a fine grid and of a coarse one, by period.</source>
        <translation>Telt soorten per cel van een fijn en een grof raster, per periode.</translation>
    </message>
    <message>
        <source>Finds the area where environmental layers stay within the ranges you give.</source>
        <translation>Zoekt het gebied waar omgevingslagen binnen de grenzen blijven die u geeft.</translation>
    </message>
    <message>
        <source>Puts regular points of an area in the portal&apos;s sandbox. Regular points in the toolbox of QGIS does the same on your own computer.</source>
        <translation>Zet regelmatige punten van een gebied in de zandbak van het portaal. Regelmatige punten in de gereedschapskist van QGIS doet hetzelfde op uw eigen computer.</translation>
    </message>
    <message>
        <source>Draws a map of the portal. A print layout of QGIS can do more.</source>
        <translation>Tekent een kaart van het portaal. Een afdruklay-out van QGIS kan meer.</translation>
    </message>
    <message>
        <source>Predicts where a species can live, from its observations and the layers you choose.</source>
        <translation>Voorspelt waar een soort kan leven, op grond van haar waarnemingen en de lagen die u kiest.</translation>
    </message>
    <message>
        <source>Makes one area of the portal of several: all of them together, or what they share.</source>
        <translation>Maakt van meerdere gebieden één portaalgebied: alle samen, of wat ze gemeen hebben.</translation>
    </message>
    <message>
        <source>Counts observations and species by cell of a grid, as a table and as grids.</source>
        <translation>Telt waarnemingen en soorten per cel van een raster, als tabel en als rasters.</translation>
    </message>
    <message>
        <source>Sets out the observations of a species against two environmental layers.</source>
        <translation>Zet de waarnemingen van een soort uit tegen twee omgevingslagen.</translation>
    </message>
    <message>
        <source>Draws an earlier scatterplot with other points, by its number.</source>
        <translation>Tekent een eerder spreidingsdiagram met andere punten, op zijn nummer.</translation>
    </message>
    <message>
        <source>Sets out observations against each pair of the layers you choose.</source>
        <translation>Zet waarnemingen uit tegen elk paar van de lagen die u kiest.</translation>
    </message>
    <message>
        <source>Counts species and observations in each class of a layer.</source>
        <translation>Telt soorten en waarnemingen in elke klasse van een laag.</translation>
    </message>
    <message>
        <source>Counts the observations of a species by year, beside another one if you like.</source>
        <translation>Telt de waarnemingen van een soort per jaar, als u wilt naast een andere soort.</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Gebied</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soorten</translation>
    </message>
    <message>
        <source>Second species, to compare with</source>
        <translation>Tweede soort, ter vergelijking</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Laag</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Lagen</translation>
    </message>
    <message>
        <source>Cell size (degrees)</source>
        <translation>Celgrootte (graden)</translation>
    </message>
    <message>
        <source>Alpha of the alpha hull</source>
        <translation>Alfa van de alfa-omhulling</translation>
    </message>
    <message>
        <source>Radius around each observation (m)</source>
        <translation>Straal rond elke waarneming (m)</translation>
    </message>
    <message>
        <source>Pages to leave out</source>
        <translation>Weg te laten pagina's</translation>
    </message>
    <message>
        <source>Number of groups</source>
        <translation>Aantal groepen</translation>
    </message>
    <message>
        <source>Make a shapefile too</source>
        <translation>Ook een shapefile maken</translation>
    </message>
    <message>
        <source>Cell size of the fine grid (degrees)</source>
        <translation>Celgrootte van het fijne raster (graden)</translation>
    </message>
    <message>
        <source>Cell size of the coarse grid (degrees)</source>
        <translation>Celgrootte van het grove raster (graden)</translation>
    </message>
    <message>
        <source>Length of a period (years)</source>
        <translation>Lengte van een periode (jaren)</translation>
    </message>
    <message>
        <source>Layers, and the range of each</source>
        <translation>Lagen, en de grenzen van elke laag</translation>
    </message>
    <message>
        <source>Distance between points (degrees)</source>
        <translation>Afstand tussen punten (graden)</translation>
    </message>
    <message>
        <source>Extent [west, south, east, north]</source>
        <translation>Omvang [west, zuid, oost, noord]</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Achtergrond</translation>
    </message>
    <message>
        <source>Size in pixels [width, height]</source>
        <translation>Grootte in pixels [breedte, hoogte]</translation>
    </message>
    <message>
        <source>Layers of the map, as JSON</source>
        <translation>Lagen van de kaart, als JSON</translation>
    </message>
    <message>
        <source>Remark below the map</source>
        <translation>Opmerking onder de kaart</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>Soort bestand</translation>
    </message>
    <message>
        <source>Share of the observations kept for testing</source>
        <translation>Deel van de waarnemingen voor de toets</translation>
    </message>
    <message>
        <source>Weigh each layer by itself (jackknife)</source>
        <translation>Elke laag apart wegen (jackknife)</translation>
    </message>
    <message>
        <source>Draw response curves</source>
        <translation>Responscurven tekenen</translation>
    </message>
    <message>
        <source>Name of the new area</source>
        <translation>Naam van het nieuwe gebied</translation>
    </message>
    <message>
        <source>Description of the new area</source>
        <translation>Beschrijving van het nieuwe gebied</translation>
    </message>
    <message>
        <source>How to merge</source>
        <translation>Hoe samenvoegen</translation>
    </message>
    <message>
        <source>Table of species by cell</source>
        <translation>Tabel van soorten per cel</translation>
    </message>
    <message>
        <source>Grid with the number of observations</source>
        <translation>Raster met het aantal waarnemingen</translation>
    </message>
    <message>
        <source>Grid with the number of species</source>
        <translation>Raster met het aantal soorten</translation>
    </message>
    <message>
        <source>Moving average over cells</source>
        <translation>Lopend gemiddelde over cellen</translation>
    </message>
    <message>
        <source>Number of the scatterplot</source>
        <translation>Nummer van het spreidingsdiagram</translation>
    </message>
    <message>
        <source>Colour of the points</source>
        <translation>Kleur van de punten</translation>
    </message>
    <message>
        <source>Size of the points</source>
        <translation>Grootte van de punten</translation>
    </message>
    <message>
        <source>Opacity of the points</source>
        <translation>Dekking van de punten</translation>
    </message>
    <message>
        <source>Colour by an index field (-1: one colour)</source>
        <translation>Kleuren volgens een indexveld (-1: één kleur)</translation>
    </message>
    <message>
        <source>Area whose points are marked</source>
        <translation>Gebied waarvan de punten gemarkeerd worden</translation>
    </message>
    <message>
        <source>Box in the picture, in pixels</source>
        <translation>Kader in de afbeelding, in pixels</translation>
    </message>
    <message>
        <source>From year</source>
        <translation>Vanaf jaar</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Kwaliteit</translation>
    </message>
    <message>
        <source>all together</source>
        <translation>alle samen</translation>
    </message>
    <message>
        <source>what they share</source>
        <translation>wat ze gemeen hebben</translation>
    </message>
    <message>
        <source>none</source>
        <translation>geen</translation>
    </message>
    <message>
        <source>outlines</source>
        <translation>omtrekken</translation>
    </message>
    <message>
        <source>roads and names</source>
        <translation>wegen en namen</translation>
    </message>
    <message>
        <source>satellite and names</source>
        <translation>satelliet en namen</translation>
    </message>
    <message>
        <source>plain</source>
        <translation>effen</translation>
    </message>
    <message>
        <source>for print</source>
        <translation>voor afdruk</translation>
    </message>
    <message>
        <source>for the screen</source>
        <translation>voor het scherm</translation>
    </message>
    <message>
        <source>Predicted distribution</source>
        <translation>Voorspelde verspreiding</translation>
    </message>
    <message>
        <source>Figures of the prediction</source>
        <translation>Cijfers van de voorspelling</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groepen</translation>
    </message>
    <message>
        <source>Means by group</source>
        <translation>Gemiddelden per groep</translation>
    </message>
    <message>
        <source>Number of observations</source>
        <translation>Aantal waarnemingen</translation>
    </message>
    <message>
        <source>Number of species</source>
        <translation>Aantal soorten</translation>
    </message>
    <message>
        <source>Species by cell</source>
        <translation>Soorten per cel</translation>
    </message>
    <message>
        <source>Compared species</source>
        <translation>Vergeleken soorten</translation>
    </message>
    <message>
        <source>Area within the ranges</source>
        <translation>Gebied binnen de grenzen</translation>
    </message>
    <message>
        <source>Species by class</source>
        <translation>Soorten per klasse</translation>
    </message>
    <message>
        <source>Observations by year</source>
        <translation>Waarnemingen per jaar</translation>
    </message>
    <message>
        <source>The portal says: {text}</source>
        <translation>Het portaal zegt: {text}</translation>
    </message>
    <message>
        <source>Prediction (Maxent)</source>
        <translation>Voorspelling (Maxent)</translation>
    </message>
    <message>
        <source>Show the environment as a grid</source>
        <translation>De omgeving als raster tonen</translation>
    </message>
</context>
<context>
    <name>AnalysesPage</name>
    <message>
        <source>Analyses of the portal</source>
        <translation>Analyses van het portaal</translation>
    </message>
    <message>
        <source>Ask which analyses there are</source>
        <translation>Vragen welke analyses er zijn</translation>
    </message>
    <message>
        <source>New Analysis</source>
        <translation>Nieuwe analyse</translation>
    </message>
    <message>
        <source>My Analyses</source>
        <translation>Mijn analyses</translation>
    </message>
    <message>
        <source>Choose a folder for the results.</source>
        <translation>Kies een map voor de resultaten.</translation>
    </message>
    <message>
        <source>Sign in to see your own analyses.</source>
        <translation>Meld u aan om uw eigen analyses te zien.</translation>
    </message>
    <message>
        <source>You have no analyses yet.</source>
        <translation>U hebt nog geen analyses.</translation>
    </message>
</context>
<context>
    <name>AnalysisBook</name>
    <message>
        <source>Delete areas of an analysis</source>
        <translation>Gebieden van een analyse verwijderen</translation>
    </message>
    <message>
        <source>Analysis on the portal</source>
        <translation>Analyse op het portaal</translation>
    </message>
</context>
<context>
    <name>AnalysisChooser</name>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Folder for the results</source>
        <translation>Map voor de resultaten</translation>
    </message>
    <message>
        <source>Run on the Portal</source>
        <translation>Op het portaal uitvoeren</translation>
    </message>
    <message>
        <source>Whoever knows the number of an analysis can read its results, without an account too. Ask nothing that must stay secret.</source>
        <translation>Wie het nummer van een analyse kent, kan de resultaten lezen, ook zonder account. Vraag niets dat geheim moet blijven.</translation>
    </message>
    <message>
        <source>Asking which analyses the portal offers…</source>
        <translation>Het portaal wordt gevraagd welke analyses het aanbiedt…</translation>
    </message>
    <message>
        <source>The portal offers no analyses at the moment. Many can be done in QGIS itself; see the user guide. Results of earlier ones can be fetched still.</source>
        <translation>Het portaal biedt momenteel geen analyses aan. Veel ervan kan in QGIS zelf; zie de handleiding. Resultaten van eerdere analyses kunt u nog ophalen.</translation>
    </message>
    <message>
        <source>Ask Again</source>
        <translation>Opnieuw vragen</translation>
    </message>
    <message>
        <source>choose an analysis</source>
        <translation>kies een analyse</translation>
    </message>
    <message>
        <source>The areas that it makes stay public on the portal, with their names.</source>
        <translation>De gebieden die ze maakt, blijven openbaar op het portaal, met hun naam.</translation>
    </message>
</context>
<context>
    <name>AnalysisForm</name>
    <message>
        <source>of the portal</source>
        <translation>van het portaal</translation>
    </message>
    <message>
        <source>polygons of my own</source>
        <translation>eigen vlakken</translation>
    </message>
    <message>
        <source>municipality, nature area… or its number</source>
        <translation>gemeente, natuurgebied… of het nummer</translation>
    </message>
    <message>
        <source>I agree to that</source>
        <translation>Ik ga daarmee akkoord</translation>
    </message>
    <message>
        <source>Chosen areas</source>
        <translation>Gekozen gebieden</translation>
    </message>
    <message>
        <source>Layer with the polygons</source>
        <translation>Laag met de vlakken</translation>
    </message>
    <message>
        <source>The portal takes polygons of your own as a public area only: until the analysis has ended everybody can see them, and anybody who is signed in can delete them. Take no sensitive places. They go there under a neutral name, and are deleted afterwards.</source>
        <translation>Het portaal neemt eigen vlakken alleen aan als openbaar gebied: tot de analyse afgelopen is kan iedereen ze zien, en kan wie aangemeld is ze verwijderen. Neem geen gevoelige plaatsen. Ze gaan erheen onder een neutrale naam, en worden nadien verwijderd.</translation>
    </message>
    <message>
        <source>Untick it to leave it out</source>
        <translation>Haal het vinkje weg om het weg te laten</translation>
    </message>
    <message>
        <source>The portal knows no area called “{name}”.</source>
        <translation>Het portaal kent geen gebied met de naam “{name}”.</translation>
    </message>
    <message>
        <source>Add a layer with polygons to the project first.</source>
        <translation>Voeg eerst een laag met vlakken toe aan het project.</translation>
    </message>
    <message>
        <source>The chosen layer holds no polygons.</source>
        <translation>De gekozen laag bevat geen vlakken.</translation>
    </message>
    <message>
        <source>Agree first that everybody can see your polygons meanwhile.</source>
        <translation>Ga er eerst mee akkoord dat iedereen uw vlakken intussen kan zien.</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} tot {high}</translation>
    </message>
    <message>
        <source>“{label}”: choose {bounds}.</source>
        <translation>“{label}”: kies er {bounds}.</translation>
    </message>
    <message>
        <source>The project has no layer with polygons.</source>
        <translation>Het project heeft geen laag met vlakken.</translation>
    </message>
    <message>
        <source>Selected polygons: {n}</source>
        <translation>Geselecteerde vlakken: {n}</translation>
    </message>
    <message>
        <source>None is selected, so all are used: {n}</source>
        <translation>Er is er geen geselecteerd, dus alle tellen mee: {n}</translation>
    </message>
    <message>
        <source>“{label}” is still empty.</source>
        <translation>“{label}” is nog leeg.</translation>
    </message>
    <message>
        <source>“{label}” is no number.</source>
        <translation>“{label}” is geen getal.</translation>
    </message>
    <message>
        <source>“{label}” must be {bounds}.</source>
        <translation>“{label}” moet {bounds} zijn.</translation>
    </message>
    <message>
        <source>“{label}” must be a whole number.</source>
        <translation>“{label}” moet een geheel getal zijn.</translation>
    </message>
    <message>
        <source>at least {low}</source>
        <translation>minstens {low}</translation>
    </message>
    <message>
        <source>at most {high}</source>
        <translation>hoogstens {high}</translation>
    </message>
    <message>
        <source>This analysis wants a file, which QGIS cannot send.</source>
        <translation>Deze analyse wil een bestand, en dat kan QGIS niet versturen.</translation>
    </message>
    <message>
        <source>Search layers</source>
        <translation>Lagen zoeken</translation>
    </message>
    <message>
        <source>The catalogue of layers is being read…</source>
        <translation>De catalogus van de lagen wordt gelezen…</translation>
    </message>
    <message>
        <source>No layer with these words can be used here.</source>
        <translation>Geen laag met deze woorden is hier bruikbaar.</translation>
    </message>
    <message>
        <source>Chosen: {n}; wanted: {bounds}</source>
        <translation>Gekozen: {n}; nodig: {bounds}</translation>
    </message>
    <message>
        <source>“{label}”: give two numbers, the lowest first.</source>
        <translation>“{label}”: geef twee getallen, het laagste eerst.</translation>
    </message>
    <message>
        <source>from</source>
        <translation>van</translation>
    </message>
    <message>
        <source>to</source>
        <translation>tot</translation>
    </message>
    <message>
        <source>all species</source>
        <translation>alle soorten</translation>
    </message>
</context>
<context>
    <name>AnalysisJob</name>
    <message>
        <source>The portal did not delete your polygons; try again later.</source>
        <translation>Het portaal heeft uw vlakken niet verwijderd; probeer het later opnieuw.</translation>
    </message>
</context>
<context>
    <name>AnalysisList</name>
    <message>
        <source>Number of an analysis</source>
        <translation>Nummer van een analyse</translation>
    </message>
    <message>
        <source>Fetch by Number</source>
        <translation>Op nummer ophalen</translation>
    </message>
    <message>
        <source>number</source>
        <translation>nummer</translation>
    </message>
</context>
<context>
    <name>AnalysisRow</name>
    <message>
        <source>Progress of the analysis</source>
        <translation>Voortgang van de analyse</translation>
    </message>
    <message>
        <source>Stop Waiting</source>
        <translation>Niet langer wachten</translation>
    </message>
    <message>
        <source>The portal cannot stop an analysis: it goes on there.</source>
        <translation>Het portaal kan een analyse niet stoppen: ze loopt daar door.</translation>
    </message>
    <message>
        <source>Open Report</source>
        <translation>Verslag openen</translation>
    </message>
    <message>
        <source>Show Observations</source>
        <translation>Waarnemingen tonen</translation>
    </message>
    <message>
        <source>On the portal&apos;s own page, in the browser</source>
        <translation>Op de pagina van het portaal, in de browser</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>Map openen</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergeten</translation>
    </message>
    <message>
        <source>Off this list; the files and the results on the portal stay.</source>
        <translation>Weg uit deze lijst; de bestanden en de resultaten op het portaal blijven.</translation>
    </message>
    <message>
        <source>Fetch Results Again</source>
        <translation>Resultaten opnieuw ophalen</translation>
    </message>
    <message>
        <source>Fetch Results</source>
        <translation>Resultaten ophalen</translation>
    </message>
    <message>
        <source>Your polygons are public on the portal now, as area {pids}.</source>
        <translation>Uw vlakken staan nu openbaar op het portaal, als gebied {pids}.</translation>
    </message>
    <message>
        <source>Analysis {number}</source>
        <translation>Analyse {number}</translation>
    </message>
    <message>
        <source>Being sent to the portal…</source>
        <translation>Wordt naar het portaal gestuurd…</translation>
    </message>
    <message>
        <source>The portal could not carry it out.</source>
        <translation>Het portaal kon ze niet uitvoeren.</translation>
    </message>
    <message>
        <source>QGIS does not wait for it now; the portal goes on by itself. Fetch the results later.</source>
        <translation>QGIS wacht er nu niet op; het portaal rekent zelf door. Haal de resultaten later op.</translation>
    </message>
    <message>
        <source>Its results were fetched before.</source>
        <translation>De resultaten zijn eerder al opgehaald.</translation>
    </message>
    <message>
        <source>On the map: {n}.</source>
        <translation>Op de kaart: {n}.</translation>
    </message>
    <message>
        <source>It left nothing for the map.</source>
        <translation>Ze leverde niets voor de kaart op.</translation>
    </message>
    <message>
        <source>The portal has lost {names}; the rest was fetched.</source>
        <translation>Het portaal is {names} kwijt; de rest is opgehaald.</translation>
    </message>
    <message>
        <source>Delete Polygons</source>
        <translation>Vlakken verwijderen</translation>
    </message>
    <message>
        <source>Takes your polygons off the portal</source>
        <translation>Haalt uw vlakken van het portaal</translation>
    </message>
</context>
<context>
    <name>AreaField</name>
    <message>
        <source>Flanders</source>
        <translation>Vlaanderen</translation>
    </message>
    <message>
        <source>map view</source>
        <translation>kaartbeeld</translation>
    </message>
    <message>
        <source>polygons of</source>
        <translation>vlakken van</translation>
    </message>
    <message>
        <source>The selected polygons, or all where none is selected</source>
        <translation>De geselecteerde vlakken, of alle vlakken als er geen geselecteerd zijn</translation>
    </message>
    <message>
        <source>drawn area</source>
        <translation>getekend gebied</translation>
    </message>
    <message>
        <source>place and radius</source>
        <translation>plaats en straal</translation>
    </message>
    <message>
        <source>area of the portal</source>
        <translation>gebied van het portaal</translation>
    </message>
    <message>
        <source>the whole portal</source>
        <translation>het hele portaal</translation>
    </message>
    <message>
        <source>given area</source>
        <translation>opgegeven gebied</translation>
    </message>
    <message>
        <source>Draw Again</source>
        <translation>Opnieuw tekenen</translation>
    </message>
    <message>
        <source>Area of the portal</source>
        <translation>Gebied van het portaal</translation>
    </message>
    <message>
        <source>municipality, province, nature area…</source>
        <translation>gemeente, provincie, natuurgebied…</translation>
    </message>
    <message>
        <source>only as far as in Flanders</source>
        <translation>alleen voor zover in Vlaanderen</translation>
    </message>
    <message>
        <source>Draw an Area</source>
        <translation>Een gebied tekenen</translation>
    </message>
    <message>
        <source>Place and Radius</source>
        <translation>Plaats en straal</translation>
    </message>
    <message>
        <source>Area of the Portal</source>
        <translation>Gebied van het portaal</translation>
    </message>
    <message>
        <source>The Whole Portal</source>
        <translation>Het hele portaal</translation>
    </message>
    <message>
        <source>Other areas: drawn, around a place, of the portal</source>
        <translation>Andere gebieden: getekend, rond een plaats, van het portaal</translation>
    </message>
    <message>
        <source>Double click or Enter closes it, Esc cancels.</source>
        <translation>Dubbelklik of Enter sluit het, Esc annuleert.</translation>
    </message>
    <message>
        <source>{surface}. The area has more points than the portal takes and was simplified; its surface changed by {percent} %.</source>
        <translation>{surface}. Het gebied heeft meer punten dan het portaal aankan en werd vereenvoudigd; de oppervlakte veranderde met {percent} %.</translation>
    </message>
    <message>
        <source>The portal knows no area called “{name}”.</source>
        <translation>Het portaal kent geen gebied met de naam “{name}”.</translation>
    </message>
</context>
<context>
    <name>AreaLookup</name>
    <message>
        <source>Search areas</source>
        <translation>Gebieden zoeken</translation>
    </message>
    <message>
        <source>Draw the area on the map.</source>
        <translation>Teken het gebied op de kaart.</translation>
    </message>
    <message>
        <source>Type the place, or click it on the map.</source>
        <translation>Typ de plaats of klik ze aan op de kaart.</translation>
    </message>
    <message>
        <source>Type the name of the area.</source>
        <translation>Typ de naam van het gebied.</translation>
    </message>
    <message>
        <source>Add a layer with polygons to the project first.</source>
        <translation>Voeg eerst een laag met vlakken toe aan het project.</translation>
    </message>
    <message>
        <source>the map view</source>
        <translation>het kaartbeeld</translation>
    </message>
    <message>
        <source>the drawn area</source>
        <translation>het getekende gebied</translation>
    </message>
</context>
<context>
    <name>AreaPicker</name>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>Merge into one area</source>
        <translation>Samenvoegen tot één gebied</translation>
    </message>
    <message>
        <source>Temporary layer</source>
        <translation>Tijdelijke laag</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>Bewaren in</translation>
    </message>
    <message>
        <source>Add Polygons</source>
        <translation>Vlakken toevoegen</translation>
    </message>
    <message>
        <source>Fetching…</source>
        <translation>Ophalen…</translation>
    </message>
</context>
<context>
    <name>AreaReport</name>
    <message>
        <source>Area {n}</source>
        <translation>Gebied {n}</translation>
    </message>
    <message>
        <source>Conservation</source>
        <translation>Bescherming</translation>
    </message>
    <message>
        <source>Invasive</source>
        <translation>Invasief</translation>
    </message>
    <message>
        <source>Other lists</source>
        <translation>Andere lijsten</translation>
    </message>
    <message>
        <source>Animals</source>
        <translation>Dieren</translation>
    </message>
    <message>
        <source>Mammals</source>
        <translation>Zoogdieren</translation>
    </message>
    <message>
        <source>Birds</source>
        <translation>Vogels</translation>
    </message>
    <message>
        <source>Reptiles</source>
        <translation>Reptielen</translation>
    </message>
    <message>
        <source>Amphibians</source>
        <translation>Amfibieën</translation>
    </message>
    <message>
        <source>Fish</source>
        <translation>Vissen</translation>
    </message>
    <message>
        <source>Molluscs</source>
        <translation>Weekdieren</translation>
    </message>
    <message>
        <source>Arthropods</source>
        <translation>Geleedpotigen</translation>
    </message>
    <message>
        <source>Crustaceans</source>
        <translation>Kreeftachtigen</translation>
    </message>
    <message>
        <source>Insects</source>
        <translation>Insecten</translation>
    </message>
    <message>
        <source>Fungi</source>
        <translation>Schimmels</translation>
    </message>
    <message>
        <source>Plants</source>
        <translation>Planten</translation>
    </message>
    <message>
        <source>Mosses</source>
        <translation>Mossen</translation>
    </message>
    <message>
        <source>Conifers</source>
        <translation>Naaldbomen</translation>
    </message>
    <message>
        <source>Ferns and allies</source>
        <translation>Varens en verwanten</translation>
    </message>
    <message>
        <source>Flowering plants</source>
        <translation>Bloemplanten</translation>
    </message>
    <message>
        <source>Monocots</source>
        <translation>Eenzaadlobbigen</translation>
    </message>
    <message>
        <source>Dicots</source>
        <translation>Tweezaadlobbigen</translation>
    </message>
    <message>
        <source>Algae</source>
        <translation>Algen</translation>
    </message>
    <message>
        <source>Surface: {n} ha</source>
        <translation>Oppervlakte: {n} ha</translation>
    </message>
    <message>
        <source>Observations: {n}; species: {s}</source>
        <translation>Waarnemingen: {n}; soorten: {s}</translation>
    </message>
    <message>
        <source>First year: {first}; last year: {last}</source>
        <translation>Eerste jaar: {first}; laatste jaar: {last}</translation>
    </message>
    <message>
        <source>Species on conservation lists: {c}; on invasive lists: {i}</source>
        <translation>Soorten op beschermingslijsten: {c}; op invasieve lijsten: {i}</translation>
    </message>
    <message>
        <source>Species groups</source>
        <translation>Soortengroepen</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Groep</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soorten</translation>
    </message>
    <message>
        <source>Observations by year</source>
        <translation>Waarnemingen per jaar</translation>
    </message>
    <message>
        <source>The portal has no observations in this area.</source>
        <translation>Het portaal heeft geen waarnemingen in dit gebied.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Kaart</translation>
    </message>
    <message>
        <source>Species on lists</source>
        <translation>Soorten op lijsten</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Lijst</translation>
    </message>
    <message>
        <source>Among them</source>
        <translation>Waaronder</translation>
    </message>
    <message>
        <source>None of the species stands on an authoritative list.</source>
        <translation>Geen van de soorten staat op een gezaghebbende lijst.</translation>
    </message>
    <message>
        <source>Portal layers within</source>
        <translation>Portaallagen binnen het gebied</translation>
    </message>
    <message>
        <source>None of the layers that were looked into.</source>
        <translation>Geen van de lagen die bekeken werden.</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Bronnen</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>en nog {n}</translation>
    </message>
    <message>
        <source>None of the observations has a year.</source>
        <translation>Geen van de waarnemingen heeft een jaar.</translation>
    </message>
    <message>
        <source>The portal did not answer for {layers}.</source>
        <translation>Het portaal antwoordde niet voor {layers}.</translation>
    </message>
    <message>
        <source>The area was simplified; its surface changed by {n} %.</source>
        <translation>Het gebied werd vereenvoudigd; de oppervlakte veranderde {n} %.</translation>
    </message>
    <message>
        <source>observations: {n}; species: {s}</source>
        <translation>waarnemingen: {n}; soorten: {s}</translation>
    </message>
    <message>
        <source>Species group</source>
        <translation>Soortengroep</translation>
    </message>
    <message>
        <source>Portal layer</source>
        <translation>Portaallaag</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jaar</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Gebied</translation>
    </message>
    <message>
        <source>Surface (ha)</source>
        <translation>Oppervlakte (ha)</translation>
    </message>
    <message>
        <source>First year</source>
        <translation>Eerste jaar</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>Laatste jaar</translation>
    </message>
    <message>
        <source>Species on conservation lists</source>
        <translation>Soorten op beschermingslijsten</translation>
    </message>
    <message>
        <source>Species on invasive lists</source>
        <translation>Soorten op invasieve lijsten</translation>
    </message>
    <message>
        <source>Datasets</source>
        <translation>Datasets</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Soort gegeven</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
</context>
<context>
    <name>AreaReportOfPolygons</name>
    <message>
        <source>Area report</source>
        <translation>Gebiedsrapport</translation>
    </message>
    <message>
        <source>report,area,red list,invasive,richness</source>
        <translation>rapport,gebied,rode lijst,invasief,soortenrijkdom</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Vlakken</translation>
    </message>
    <message>
        <source>Field with the name of each polygon</source>
        <translation>Veld met de naam van elk vlak</translation>
    </message>
    <message>
        <source>Portal layers to look into, for example cl100;cl101 (empty: all named)</source>
        <translation>Portaallagen om in te kijken, bijvoorbeeld cl100;cl101 (leeg: alle met namen)</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>Groups, lists, layers and years</source>
        <translation>Groepen, lijsten, lagen en jaren</translation>
    </message>
    <message>
        <source>Number of observations</source>
        <translation>Aantal waarnemingen</translation>
    </message>
    <message>
        <source>The portal has no layer {id}; it was left out.</source>
        <translation>Het portaal heeft geen laag {id}; ze is weggelaten.</translation>
    </message>
    <message>
        <source>“{area}” was simplified; its surface changed by {percent} %.</source>
        <translation>“{area}” werd vereenvoudigd; de oppervlakte veranderde met {percent} %.</translation>
    </message>
    <message>
        <source>“{area}”: the portal did not answer for {layers}.</source>
        <translation>“{area}”: het portaal gaf geen antwoord voor {layers}.</translation>
    </message>
    <message>
        <source>Report with map, chart and sources</source>
        <translation>Rapport met kaart, grafiek en bronnen</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF-bestanden (*.pdf)</translation>
    </message>
</context>
<context>
    <name>AreaReportPage</name>
    <message>
        <source>Area report</source>
        <translation>Gebiedsrapport</translation>
    </message>
    <message>
        <source>Area report of {layer}</source>
        <translation>Gebiedsrapport van {layer}</translation>
    </message>
    <message>
        <source>The report is being made…</source>
        <translation>Het rapport wordt gemaakt…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>The polygons and the table of details are on the map.</source>
        <translation>De vlakken en de tabel met details staan bij de kaartlagen.</translation>
    </message>
    <message>
        <source>The print layout “{name}” is made.</source>
        <translation>De afdruklay-out “{name}” is gemaakt.</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Bewaard als {file}.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Openen</translation>
    </message>
    <message>
        <source>Save Report</source>
        <translation>Rapport bewaren</translation>
    </message>
    <message>
        <source>{report}: details</source>
        <translation>{report}: details</translation>
    </message>
    <message>
        <source>Area reports</source>
        <translation>Gebiedsrapporten</translation>
    </message>
    <message>
        <source>The project has no layer with polygons. {link}Fetch areas{end}</source>
        <translation>Het project heeft geen laag met vlakken. {link}Haal gebieden op{end}</translation>
    </message>
    <message>
        <source>This layer has no polygons. Draw some, or choose another layer.</source>
        <translation>Deze laag heeft geen vlakken. Teken er, of kies een andere laag.</translation>
    </message>
    <message>
        <source>These are {n} polygons, and a report takes at most {most}. Select some of them on the map.</source>
        <translation>Dit zijn {n} vlakken, en een rapport gaat over hoogstens {most}. Selecteer er enkele op de kaart.</translation>
    </message>
    <message>
        <source>Selected polygons: {n}</source>
        <translation>Geselecteerde vlakken: {n}</translation>
    </message>
    <message>
        <source>All polygons: {n}. Select some on the map to report on these alone.</source>
        <translation>Alle vlakken: {n}. Selecteer er op de kaart voor een rapport van die alleen.</translation>
    </message>
    <message>
        <source>The report was stopped.</source>
        <translation>Het rapport werd gestopt.</translation>
    </message>
</context>
<context>
    <name>AreaUpload</name>
    <message>
        <source>Upload</source>
        <translation>Opladen</translation>
    </message>
    <message>
        <source>Delete From the Portal</source>
        <translation>Van het portaal wissen</translation>
    </message>
    <message>
        <source>Layer with the polygons</source>
        <translation>Laag met de vlakken</translation>
    </message>
    <message>
        <source>Name, which everybody can read</source>
        <translation>Naam, die iedereen kan lezen</translation>
    </message>
    <message>
        <source>Everybody can see an uploaded area and its name, and anybody who is signed in can delete it. Upload no sensitive places, and keep the name neutral.</source>
        <translation>Iedereen kan een opgeladen gebied en zijn naam zien, en wie aangemeld is kan het wissen. Laad geen gevoelige plaatsen op en kies een neutrale naam.</translation>
    </message>
    <message>
        <source>Areas uploaded from here</source>
        <translation>Hier opgeladen gebieden</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Vlakken</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Choose a layer with polygons first.</source>
        <translation>Kies eerst een laag met vlakken.</translation>
    </message>
    <message>
        <source>Upload an area</source>
        <translation>Een gebied opladen</translation>
    </message>
    <message>
        <source>The area is on the portal as {pid}.</source>
        <translation>Het gebied staat op het portaal als {pid}.</translation>
    </message>
    <message>
        <source>Delete an area</source>
        <translation>Een gebied wissen</translation>
    </message>
    <message>
        <source>The area is no longer on the portal.</source>
        <translation>Het gebied staat niet meer op het portaal.</translation>
    </message>
    <message>
        <source>I agree to that</source>
        <translation>Ik ga daarmee akkoord</translation>
    </message>
    <message>
        <source>Upload an area of your own</source>
        <translation>Eigen gebied opladen</translation>
    </message>
</context>
<context>
    <name>BaseMapMenu</name>
    <message>
        <source>Map Services of INBO and Flanders</source>
        <translation>Kaartdiensten van INBO en Vlaanderen</translation>
    </message>
    <message>
        <source>Keep All as WMS Connections</source>
        <translation>Alle bewaren als WMS-verbindingen</translation>
    </message>
    <message>
        <source>Quick Links</source>
        <translation>Snelkoppelingen</translation>
    </message>
    <message>
        <source>Zoom to Flanders</source>
        <translation>Zoomen naar Vlaanderen</translation>
    </message>
    <message>
        <source>Area Flanders as Polygon</source>
        <translation>Gebied Vlaanderen als vlak</translation>
    </message>
    <message>
        <source>“{title}” is on the map already.</source>
        <translation>“{title}” staat al op de kaart.</translation>
    </message>
    <message>
        <source>Open a map service</source>
        <translation>Een kaartdienst openen</translation>
    </message>
    <message>
        <source>“{title}” is on the map: {n} layers, the first {shown} of them drawn.</source>
        <translation>“{title}” staat op de kaart: {n} lagen, waarvan de eerste {shown} getekend worden.</translation>
    </message>
    <message>
        <source>{n} WMS connections are in the Browser panel and the Data Source Manager.</source>
        <translation>{n} WMS-verbindingen staan in het paneel Browser en in Databronnen beheren.</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>Start View of the Portal Map</source>
        <translation>Beginbeeld van de portaalkaart</translation>
    </message>
    <message>
        <source>“{title}” is a large service: {n} of its {total} layers are on the map, the first {shown} of them drawn. Keep it as WMS connection to choose from all.</source>
        <translation>“{title}” is een grote dienst: {n} van de {total} lagen staan op de kaart, waarvan de eerste {shown} getekend worden. Bewaar ze als WMS-verbinding om uit alle lagen te kiezen.</translation>
    </message>
</context>
<context>
    <name>BiodivPlugin</name>
    <message>
        <source>Flemish Biodiversity Portal</source>
        <translation>Vlaams Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Choose a Portal…</source>
        <translation>Een portaal kiezen…</translation>
    </message>
</context>
<context>
    <name>BrowserItems</name>
    <message>
        <source>Flemish Biodiversity Portal</source>
        <translation>Vlaams Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Reading the catalogue…</source>
        <translation>De catalogus wordt gelezen…</translation>
    </message>
    <message>
        <source>Other layers</source>
        <translation>Andere lagen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Vernieuwen</translation>
    </message>
</context>
<context>
    <name>CardDesk</name>
    <message>
        <source>Look at a layer</source>
        <translation>Een laag bekijken</translation>
    </message>
</context>
<context>
    <name>CatalogueFeed</name>
    <message>
        <source>Read the layers of last time</source>
        <translation>Lagen van de vorige keer lezen</translation>
    </message>
    <message>
        <source>Read the layers</source>
        <translation>Lagen lezen</translation>
    </message>
</context>
<context>
    <name>CataloguePanel</name>
    <message>
        <source>All sources</source>
        <translation>Alle bronnen</translation>
    </message>
    <message>
        <source>Search layers</source>
        <translation>Lagen zoeken</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle soorten lagen</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>Grids of values</source>
        <translation>Rasters met waarden</translation>
    </message>
    <message>
        <source>Kind of layer</source>
        <translation>Soort laag</translation>
    </message>
    <message>
        <source>Source of the layer</source>
        <translation>Bron van de laag</translation>
    </message>
    <message>
        <source>Layers of the portal</source>
        <translation>Lagen van het portaal</translation>
    </message>
    <message>
        <source>About the layer</source>
        <translation>Over de laag</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favoriet</translation>
    </message>
    <message>
        <source>Add to Map</source>
        <translation>Aan kaart toevoegen</translation>
    </message>
    <message>
        <source>Layers: {n}</source>
        <translation>Lagen: {n}</translation>
    </message>
    <message>
        <source>No layer has these words.</source>
        <translation>Geen enkele laag heeft deze woorden.</translation>
    </message>
    <message>
        <source>No layer is of this kind and source.</source>
        <translation>Geen laag van deze soort en bron.</translation>
    </message>
    <message>
        <source>Add As…</source>
        <translation>Toevoegen als…</translation>
    </message>
</context>
<context>
    <name>ChartWindow</name>
    <message>
        <source>Phenology and Trend: {layer}</source>
        <translation>Fenologie en trend: {layer}</translation>
    </message>
    <message>
        <source>Phenology, per month</source>
        <translation>Fenologie, per maand</translation>
    </message>
    <message>
        <source>Phenology, per week</source>
        <translation>Fenologie, per week</translation>
    </message>
    <message>
        <source>Trend, per year</source>
        <translation>Trend, per jaar</translation>
    </message>
    <message>
        <source>the whole layer</source>
        <translation>de hele laag</translation>
    </message>
    <message>
        <source>what the map shows</source>
        <translation>wat de kaart toont</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>Copy Picture</source>
        <translation>Afbeelding kopiëren</translation>
    </message>
    <message>
        <source>Save Picture…</source>
        <translation>Afbeelding bewaren…</translation>
    </message>
    <message>
        <source>Count observations by date</source>
        <translation>Waarnemingen per datum tellen</translation>
    </message>
    <message>
        <source>The map shows a place outside the layer&apos;s coordinates.</source>
        <translation>De kaart toont een plaats buiten de coördinaten van de laag.</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Bewaard als {file}.</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Grafiek</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Van</translation>
    </message>
    <message>
        <source>No observation here has a date that fits this chart.</source>
        <translation>Geen waarneming hier heeft een datum die in deze grafiek past.</translation>
    </message>
    <message>
        <source>{n} observations</source>
        <translation>{n} waarnemingen</translation>
    </message>
    <message>
        <source>most in {label}: {n}</source>
        <translation>meeste in {label}: {n}</translation>
    </message>
    <message>
        <source>{n} without a date that precise are left out</source>
        <translation>{n} zonder zo nauwkeurige datum zijn weggelaten</translation>
    </message>
    <message>
        <source>{n} reported absences are left out</source>
        <translation>{n} gemelde afwezigheden zijn weggelaten</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Gekopieerd.</translation>
    </message>
    <message>
        <source>Save Picture</source>
        <translation>Afbeelding bewaren</translation>
    </message>
    <message>
        <source>most in week {label}: {n}</source>
        <translation>meeste in week {label}: {n}</translation>
    </message>
</context>
<context>
    <name>Citation</name>
    <message>
        <source>Map</source>
        <translation>Kaart</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>Citaat</translation>
    </message>
</context>
<context>
    <name>CitationDialog</name>
    <message>
        <source>Cite {layer}</source>
        <translation>{layer} citeren</translation>
    </message>
    <message>
        <source>Text in Dutch</source>
        <translation>Tekst in het Nederlands</translation>
    </message>
    <message>
        <source>Text in English</source>
        <translation>Tekst in het Engels</translation>
    </message>
    <message>
        <source>BibTeX</source>
        <translation>BibTeX</translation>
    </message>
    <message>
        <source>RIS (EndNote, Zotero, Mendeley)</source>
        <translation>RIS (EndNote, Zotero, Mendeley)</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>Citaat</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiëren</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>Bewaren als…</translation>
    </message>
    <message>
        <source>Put in Print Layout</source>
        <translation>In afdruklay-out plaatsen</translation>
    </message>
    <message>
        <source>Read how to cite</source>
        <translation>Opvragen hoe te citeren</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Bewaard als {file}.</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Vorm</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Gekopieerd.</translation>
    </message>
    <message>
        <source>Save Citation</source>
        <translation>Citaat bewaren</translation>
    </message>
</context>
<context>
    <name>ClassPage</name>
    <message>
        <source>Search its areas</source>
        <translation>In haar gebieden zoeken</translation>
    </message>
    <message>
        <source>Polygons of {title}</source>
        <translation>Vlakken van {title}</translation>
    </message>
    <message>
        <source>Areas: {n}</source>
        <translation>Gebieden: {n}</translation>
    </message>
    <message>
        <source>This layer has no areas that can be fetched.</source>
        <translation>Deze laag heeft geen gebieden die opgehaald kunnen worden.</translation>
    </message>
    <message>
        <source>The first {n} of {all}. Search for others.</source>
        <translation>De eerste {n} van {all}. Zoek naar andere.</translation>
    </message>
</context>
<context>
    <name>CountObservations</name>
    <message>
        <source>Count observations</source>
        <translation>Waarnemingen tellen</translation>
    </message>
    <message>
        <source>occurrences,species,records,count</source>
        <translation>waarnemingen,soorten,records,tellen</translation>
    </message>
    <message>
        <source>Count per field, for example year;basisOfRecord</source>
        <translation>Tellen per veld, bijvoorbeeld year;basisOfRecord</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Aantallen</translation>
    </message>
    <message>
        <source>Number of observations</source>
        <translation>Aantal waarnemingen</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message>
        <source>{n} are left out by the quality profile.</source>
        <translation>Het kwaliteitsprofiel laat er {n} weg.</translation>
    </message>
    <message>
        <source>Outside this area there are {n}.</source>
        <translation>Buiten dit gebied zijn er {n}.</translation>
    </message>
    <message>
        <source>The portal holds nothing that fits all filters.</source>
        <translation>Het portaal heeft niets dat bij alle filters past.</translation>
    </message>
    <message>
        <source>Outside Flanders there are {n}.</source>
        <translation>Buiten Vlaanderen zijn er {n}.</translation>
    </message>
    <message>
        <source>Outside this period there are {n}.</source>
        <translation>Buiten deze periode zijn er {n}.</translation>
    </message>
    <message>
        <source>In other months there are {n}.</source>
        <translation>In andere maanden zijn er {n}.</translation>
    </message>
    <message>
        <source>With a larger or unknown uncertainty there are {n}.</source>
        <translation>Met een grotere of onbekende onzekerheid zijn er {n}.</translation>
    </message>
    <message>
        <source>Not validated there are {n}.</source>
        <translation>Niet gevalideerd zijn er {n}.</translation>
    </message>
    <message>
        <source>In other datasets there are {n}.</source>
        <translation>In andere datasets zijn er {n}.</translation>
    </message>
    <message>
        <source>From other sources there are {n}.</source>
        <translation>Uit andere bronnen zijn er {n}.</translation>
    </message>
    <message>
        <source>Under other licences there are {n}.</source>
        <translation>Onder andere licenties zijn er {n}.</translation>
    </message>
    <message>
        <source>There are {n} that report an absence.</source>
        <translation>Er zijn er {n} die een afwezigheid melden.</translation>
    </message>
    <message>
        <source>Without your own filters there are {n}.</source>
        <translation>Zonder uw eigen filters zijn er {n}.</translation>
    </message>
    <message>
        <source>Without any filter there are {n}.</source>
        <translation>Zonder enige filter zijn er {n}.</translation>
    </message>
</context>
<context>
    <name>DeviceCodePanel</name>
    <message>
        <source>On any device with a browser, open this address and type the code:</source>
        <translation>Open op om het even welk toestel met een browser dit adres en typ de code:</translation>
    </message>
    <message>
        <source>QR code of the address, for a phone</source>
        <translation>QR-code van het adres, voor een telefoon</translation>
    </message>
    <message>
        <source>Or scan this with your phone.</source>
        <translation>Of scan dit met uw telefoon.</translation>
    </message>
    <message>
        <source>Copy Code</source>
        <translation>Code kopiëren</translation>
    </message>
    <message>
        <source>Copy Address</source>
        <translation>Adres kopiëren</translation>
    </message>
    <message>
        <source>Open on This Computer</source>
        <translation>Op deze computer openen</translation>
    </message>
    <message>
        <source>Address to open</source>
        <translation>Te openen adres</translation>
    </message>
    <message>
        <source>Code to type</source>
        <translation>Te typen code</translation>
    </message>
</context>
<context>
    <name>Download</name>
    <message>
        <source>The portal did not tell how to cite the datasets; repeat this later.</source>
        <translation>Het portaal zei niet hoe de datasets geciteerd worden; herhaal dit later.</translation>
    </message>
</context>
<context>
    <name>DownloadDetails</name>
    <message>
        <source>Asked</source>
        <translation>Gevraagd</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wanneer</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Nu</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fout</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Opmerkingen</translation>
    </message>
    <message>
        <source>Follows</source>
        <translation>Vervolg op</translation>
    </message>
    <message>
        <source>Number at the portal</source>
        <translation>Nummer bij het portaal</translation>
    </message>
    <message>
        <source>Plugin</source>
        <translation>Plug-in</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portaal</translation>
    </message>
    <message>
        <source>Quality profile</source>
        <translation>Kwaliteitsprofiel</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>Coördinatensysteem</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Bestand</translation>
    </message>
    <message>
        <source>exact places of sensitive species: do not publish</source>
        <translation>exacte plaatsen van gevoelige soorten: niet publiceren</translation>
    </message>
    <message>
        <source>Left out by the quality profile</source>
        <translation>Weggelaten door het kwaliteitsprofiel</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Bevat</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Controles</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>Datasets</source>
        <translation>Datasets</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>Citaat</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Gemaakt met</translation>
    </message>
    <message>
        <source>plugin {plugin}, QGIS {qgis}, {portal}</source>
        <translation>plug-in {plugin}, QGIS {qgis}, {portal}</translation>
    </message>
    <message>
        <source>{n} announced</source>
        <translation>{n} aangekondigd</translation>
    </message>
    <message>
        <source>{received} received, {announced} announced</source>
        <translation>{received} gekregen, {announced} aangekondigd</translation>
    </message>
    <message>
        <source>the archive was whole (SHA-256 {sum}…)</source>
        <translation>het archief was volledig (SHA-256 {sum}…)</translation>
    </message>
    <message>
        <source>the portal announced no number</source>
        <translation>het portaal kondigde geen aantal aan</translation>
    </message>
    <message>
        <source>{n} records differ from what was announced</source>
        <translation>{n} waarnemingen verschil met wat aangekondigd was</translation>
    </message>
    <message>
        <source>as many records as announced</source>
        <translation>evenveel waarnemingen als aangekondigd</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>niet aanwezig</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>en nog {n}</translation>
    </message>
</context>
<context>
    <name>DownloadForm</name>
    <message>
        <source>Reason for the download</source>
        <translation>Reden van de download</translation>
    </message>
    <message>
        <source>Start Download</source>
        <translation>Download starten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reden</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Bewaren als</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Coördinaten</translation>
    </message>
    <message>
        <source>Read the reasons</source>
        <translation>Redenen lezen</translation>
    </message>
    <message>
        <source>choose a reason</source>
        <translation>kies een reden</translation>
    </message>
    <message>
        <source>I accept the terms for high-resolution data</source>
        <translation>Ik aanvaard deze voorwaarden</translation>
    </message>
    <message>
        <source>These data hold exact places of sensitive species. Do not publish them more precisely than the public data, and cite the public dataset. &lt;a href=&quot;{link}&quot;&gt;Terms of use&lt;/a&gt;</source>
        <translation>Deze data bevatten exacte vindplaatsen van gevoelige soorten. Publiceer ze niet nauwkeuriger dan de openbare data en citeer de openbare dataset. &lt;a href=&quot;{link}&quot;&gt;Gebruiksvoorwaarden&lt;/a&gt;</translation>
    </message>
    <message>
        <source>I accept the terms of use</source>
        <translation>Ik aanvaard de gebruiksvoorwaarden</translation>
    </message>
    <message>
        <source>Cite the datasets and respect the licence of each record. &lt;a href=&quot;{link}&quot;&gt;Terms of use&lt;/a&gt;</source>
        <translation>Citeer de datasets en respecteer de licentie van elke waarneming. &lt;a href=&quot;{link}&quot;&gt;Gebruiksvoorwaarden&lt;/a&gt;</translation>
    </message>
    <message>
        <source>the most used</source>
        <translation>de meest gebruikte</translation>
    </message>
    <message>
        <source>Darwin Core</source>
        <translation>Darwin Core</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Kolommen</translation>
    </message>
    <message>
        <source>In the name of</source>
        <translation>Op naam van</translation>
    </message>
</context>
<context>
    <name>DownloadMenu</name>
    <message>
        <source>Find the search in the portal</source>
        <translation>De zoekopdracht in het portaal opzoeken</translation>
    </message>
    <message>
        <source>Biodiversity Portal</source>
        <translation>Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Cite…</source>
        <translation>Citeren…</translation>
    </message>
    <message>
        <source>Put Citation in Print Layout</source>
        <translation>Citaat in afdruklay-out plaatsen</translation>
    </message>
    <message>
        <source>Open in Portal</source>
        <translation>Openen in het portaal</translation>
    </message>
    <message>
        <source>Make Publishable Copy…</source>
        <translation>Publiceerbare kopie maken…</translation>
    </message>
    <message>
        <source>Phenology and Trend…</source>
        <translation>Fenologie en trend…</translation>
    </message>
    <message>
        <source>Check for New Observations</source>
        <translation>Nagaan of er nieuwe waarnemingen zijn</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Vernieuwen</translation>
    </message>
    <message>
        <source>Area Report…</source>
        <translation>Gebiedsrapport…</translation>
    </message>
    <message>
        <source>Hide Uncertainty</source>
        <translation>Onzekerheid verbergen</translation>
    </message>
    <message>
        <source>Show Uncertainty</source>
        <translation>Onzekerheid tonen</translation>
    </message>
</context>
<context>
    <name>DownloadMessage</name>
    <message>
        <source>{n} downloads are running</source>
        <translation>{n} downloads lopen</translation>
    </message>
    <message>
        <source>Asking the portal</source>
        <translation>Vraagt het portaal</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Cancel All</source>
        <translation>Alles annuleren</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Progress of the downloads</source>
        <translation>Voortgang van de downloads</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Opnieuw proberen</translation>
    </message>
    <message>
        <source>{n} observations added to the map: {name}.</source>
        <translation>{n} waarnemingen aan de kaart toegevoegd: {name}.</translation>
    </message>
    <message>
        <source>{jobs} downloads added to the map, {n} observations together.</source>
        <translation>{jobs} downloads aan de kaart toegevoegd, samen {n} waarnemingen.</translation>
    </message>
    <message>
        <source>{jobs} downloads did not succeed. {reason}</source>
        <translation>{jobs} downloads zijn niet gelukt. {reason}</translation>
    </message>
</context>
<context>
    <name>DownloadObservations</name>
    <message>
        <source>Download observations</source>
        <translation>Waarnemingen downloaden</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>occurrences,species,records,geopackage,darwin core</source>
        <translation>waarnemingen,soorten,records,geopackage,darwin core</translation>
    </message>
    <message>
        <source>Reason for the download</source>
        <translation>Reden van de download</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Kolommen</translation>
    </message>
    <message>
        <source>the most used</source>
        <translation>de meest gebruikte</translation>
    </message>
    <message>
        <source>Darwin Core</source>
        <translation>Darwin Core</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>of your own</source>
        <translation>eigen keuze</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>Coördinatensysteem</translation>
    </message>
    <message>
        <source>Number of observations</source>
        <translation>Aantal waarnemingen</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>Citaat</translation>
    </message>
    <message>
        <source>Columns of your own, separated by ;</source>
        <translation>Eigen kolommen, gescheiden door ;</translation>
    </message>
    <message>
        <source>E-mail me when it is ready</source>
        <translation>Mail mij als het klaar is</translation>
    </message>
    <message>
        <source>Wait for the portal at most (s)</source>
        <translation>Hoogstens op het portaal wachten (s)</translation>
    </message>
</context>
<context>
    <name>DownloadReasons</name>
    <message>
        <source>biosecurity management/planning</source>
        <translation>beheer of planning rond bioveiligheid</translation>
    </message>
    <message>
        <source>citizen science</source>
        <translation>burgerwetenschap</translation>
    </message>
    <message>
        <source>collection management</source>
        <translation>collectiebeheer</translation>
    </message>
    <message>
        <source>conservation management/planning</source>
        <translation>natuurbeheer of natuurplanning</translation>
    </message>
    <message>
        <source>ecological research</source>
        <translation>ecologisch onderzoek</translation>
    </message>
    <message>
        <source>education</source>
        <translation>onderwijs</translation>
    </message>
    <message>
        <source>environmental assessment</source>
        <translation>milieubeoordeling</translation>
    </message>
    <message>
        <source>restoration/remediation</source>
        <translation>herstel of sanering</translation>
    </message>
    <message>
        <source>scientific research</source>
        <translation>wetenschappelijk onderzoek</translation>
    </message>
    <message>
        <source>systematic research/taxonomy</source>
        <translation>systematisch onderzoek of taxonomie</translation>
    </message>
    <message>
        <source>species modelling</source>
        <translation>soortmodellering</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>testing</source>
        <translation>testen</translation>
    </message>
</context>
<context>
    <name>DownloadSection</name>
    <message>
        <source>No downloads yet. Ask for observations and choose Download there.</source>
        <translation>Nog geen downloads. Vraag waarnemingen op en kies daar Downloaden.</translation>
    </message>
    <message>
        <source>Download in the section Observations once: the form there asks for your reason and shows the terms. After that a layer can be refreshed here.</source>
        <translation>Download één keer bij Waarnemingen: het formulier daar vraagt uw reden en toont de voorwaarden. Daarna kunt u een laag hier vernieuwen.</translation>
    </message>
</context>
<context>
    <name>ExpertGroup</name>
    <message>
        <source>Filters of your own</source>
        <translation>Eigen filters</translation>
    </message>
    <message>
        <source>Search expression</source>
        <translation>Zoekuitdrukking</translation>
    </message>
    <message>
        <source>Filters, one a line</source>
        <translation>Filters, één per regel</translation>
    </message>
    <message>
        <source>none</source>
        <translation>geen</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>What</source>
        <translation>Wat</translation>
    </message>
    <message>
        <source>Common name</source>
        <translation>Nederlandse naam</translation>
    </message>
    <message>
        <source>Scientific name</source>
        <translation>Wetenschappelijke naam</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Kingdom</source>
        <translation>Rijk</translation>
    </message>
    <message>
        <source>Phylum</source>
        <translation>Stam</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orde</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Genus</source>
        <translation>Geslacht</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soort</translation>
    </message>
    <message>
        <source>Subspecies</source>
        <translation>Ondersoort</translation>
    </message>
    <message>
        <source>Species group</source>
        <translation>Soortengroep</translation>
    </message>
    <message>
        <source>Name as recorded</source>
        <translation>Naam zoals genoteerd</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Aantal</translation>
    </message>
    <message>
        <source>Present or absent</source>
        <translation>Aanwezig of afwezig</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Geslacht (m/v)</translation>
    </message>
    <message>
        <source>Life stage</source>
        <translation>Levensstadium</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>Gedrag</translation>
    </message>
    <message>
        <source>How it came here</source>
        <translation>Hoe het hier kwam</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wanneer</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Laatste dag</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jaar</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Maand</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Dag</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Waar</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Plaats</translation>
    </message>
    <message>
        <source>Municipality</source>
        <translation>Gemeente</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Gewest</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Habitat</source>
        <translation>Habitat</translation>
    </message>
    <message>
        <source>Uncertainty (m)</source>
        <translation>Onzekerheid (m)</translation>
    </message>
    <message>
        <source>Latitude (WGS 84)</source>
        <translation>Breedtegraad (WGS 84)</translation>
    </message>
    <message>
        <source>Longitude (WGS 84)</source>
        <translation>Lengtegraad (WGS 84)</translation>
    </message>
    <message>
        <source>Grid square</source>
        <translation>Hok</translation>
    </message>
    <message>
        <source>Position as recorded</source>
        <translation>Plaats zoals genoteerd</translation>
    </message>
    <message>
        <source>Grid of the position</source>
        <translation>Raster van de plaats</translation>
    </message>
    <message>
        <source>Who and how</source>
        <translation>Wie en hoe</translation>
    </message>
    <message>
        <source>Observer</source>
        <translation>Waarnemer</translation>
    </message>
    <message>
        <source>Identified by</source>
        <translation>Gedetermineerd door</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <translation>Soort bron</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Opmerkingen</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validatie</translation>
    </message>
    <message>
        <source>Position is plausible</source>
        <translation>Plaats is aannemelijk</translation>
    </message>
    <message>
        <source>Sensitive</source>
        <translation>Gevoelig</translation>
    </message>
    <message>
        <source>How it was blurred</source>
        <translation>Hoe vervaagd</translation>
    </message>
    <message>
        <source>What is withheld</source>
        <translation>Wat achtergehouden is</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Bron</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Dataset</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licentie</translation>
    </message>
    <message>
        <source>Rights holder</source>
        <translation>Rechthebbende</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Instelling</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Collectie</translation>
    </message>
    <message>
        <source>Catalogue number</source>
        <translation>Catalogusnummer</translation>
    </message>
    <message>
        <source>Id of the record</source>
        <translation>Id van de waarneming</translation>
    </message>
    <message>
        <source>Id of the observation</source>
        <translation>Id van de waarneming</translation>
    </message>
    <message>
        <source>Id of the taxon</source>
        <translation>Id van het taxon</translation>
    </message>
    <message>
        <source>Id of the dataset</source>
        <translation>Id van de dataset</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Overige</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Hok</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Side (m)</source>
        <translation>Zijde (m)</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>Number of species</source>
        <translation>Aantal soorten</translation>
    </message>
    <message>
        <source>First year</source>
        <translation>Eerste jaar</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>Laatste jaar</translation>
    </message>
</context>
<context>
    <name>FilterValues</name>
    <message>
        <source>Read the quality profiles</source>
        <translation>Kwaliteitsprofielen lezen</translation>
    </message>
    <message>
        <source>Count per quality profile</source>
        <translation>Tellen per kwaliteitsprofiel</translation>
    </message>
    <message>
        <source>Count per dataset</source>
        <translation>Tellen per dataset</translation>
    </message>
    <message>
        <source>Read the species lists</source>
        <translation>Soortenlijsten lezen</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>The area has more points than the portal takes and was simplified; its surface changed by {percent} %.</source>
        <translation>Het gebied heeft meer punten dan het portaal aankan en werd vereenvoudigd; de oppervlakte veranderde met {percent} %.</translation>
    </message>
    <message>
        <source>Species: names or taxon keys, separated by ;</source>
        <translation>Soorten: namen of taxonsleutels, gescheiden door ;</translation>
    </message>
    <message>
        <source>Species list (dr…)</source>
        <translation>Soortenlijst (dr…)</translation>
    </message>
    <message>
        <source>Within polygons</source>
        <translation>Binnen vlakken</translation>
    </message>
    <message>
        <source>Within extent</source>
        <translation>Binnen kaartbereik</translation>
    </message>
    <message>
        <source>From date</source>
        <translation>Vanaf datum</translation>
    </message>
    <message>
        <source>To date</source>
        <translation>Tot en met datum</translation>
    </message>
    <message>
        <source>Months, for example 4;5;6</source>
        <translation>Maanden, bijvoorbeeld 4;5;6</translation>
    </message>
    <message>
        <source>Coordinate uncertainty at most (m)</source>
        <translation>Onzekerheid van de coördinaten hoogstens (m)</translation>
    </message>
    <message>
        <source>Datasets, separated by ;</source>
        <translation>Datasets, gescheiden door ;</translation>
    </message>
    <message>
        <source>Basis of record, separated by ;</source>
        <translation>Aard van de waarneming, gescheiden door ;</translation>
    </message>
    <message>
        <source>Licences, separated by ;</source>
        <translation>Licenties, gescheiden door ;</translation>
    </message>
    <message>
        <source>Validated records only</source>
        <translation>Alleen gevalideerde waarnemingen</translation>
    </message>
    <message>
        <source>In Flanders only</source>
        <translation>Alleen in Vlaanderen</translation>
    </message>
    <message>
        <source>Include absences</source>
        <translation>Ook afwezigheden</translation>
    </message>
    <message>
        <source>Quality profile (empty means none)</source>
        <translation>Kwaliteitsprofiel (leeg betekent geen)</translation>
    </message>
    <message>
        <source>Filters of your own, one a line</source>
        <translation>Eigen filters, één per regel</translation>
    </message>
    <message>
        <source>Query of your own, or a search address of the portal</source>
        <translation>Eigen zoekvraag, of een zoekadres van het portaal</translation>
    </message>
</context>
<context>
    <name>FormLookup</name>
    <message>
        <source>Look up names</source>
        <translation>Namen opzoeken</translation>
    </message>
    <message>
        <source>Search areas</source>
        <translation>Gebieden zoeken</translation>
    </message>
</context>
<context>
    <name>GazetteerPage</name>
    <message>
        <source>Areas of the portal</source>
        <translation>Gebieden van het portaal</translation>
    </message>
    <message>
        <source>Municipality, nature reserve, grid square…</source>
        <translation>Gemeente, natuurgebied, hok…</translation>
    </message>
    <message>
        <source>The portal knows no area with this name.</source>
        <translation>Het portaal kent geen gebied met deze naam.</translation>
    </message>
    <message>
        <source>There are more; type more of the name.</source>
        <translation>Er zijn er meer; typ meer van de naam.</translation>
    </message>
    <message>
        <source>Found: {n}</source>
        <translation>Gevonden: {n}</translation>
    </message>
</context>
<context>
    <name>Guard</name>
    <message>
        <source>Exact places of sensitive species</source>
        <translation>Exacte plaatsen van gevoelige soorten</translation>
    </message>
    <message>
        <source>Exact places: do not publish</source>
        <translation>Exacte plaatsen: niet publiceren</translation>
    </message>
    <message>
        <source>This layer holds exact places of sensitive species. Keep it safe and do not pass it on. Publish no exact place: show squares, or at least 30 m of uncertainty. Cite the public dataset, and say that high-resolution data was used.</source>
        <translation>Deze laag bevat exacte plaatsen van gevoelige soorten. Bewaar ze veilig en geef ze niet door. Publiceer geen exacte plaats: toon hokken, of een onzekerheid van minstens 30 m. Citeer de openbare dataset en zeg dat u gegevens in hoge resolutie gebruikte.</translation>
    </message>
</context>
<context>
    <name>IdentifyAt</name>
    <message>
        <source>the portal no longer knows this layer</source>
        <translation>het portaal kent deze laag niet meer</translation>
    </message>
    <message>
        <source>nothing here</source>
        <translation>hier is niets</translation>
    </message>
</context>
<context>
    <name>IdentifyPage</name>
    <message>
        <source>What is here?</source>
        <translation>Wat is hier?</translation>
    </message>
    <message>
        <source>Look up what is here</source>
        <translation>Opzoeken wat hier is</translation>
    </message>
    <message>
        <source>No layer of the portal is on the map, so only observations are looked up. Add layers to read their values.</source>
        <translation>Er staat geen portaallaag op de kaart, dus worden alleen waarnemingen opgezocht. Voeg lagen toe om hun waarden te lezen.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Bezig met opzoeken…</translation>
    </message>
    <message>
        <source>Click a place on the map.</source>
        <translation>Klik een plaats op de kaart.</translation>
    </message>
</context>
<context>
    <name>IdentifyPanel</name>
    <message>
        <source>Click on the Map</source>
        <translation>Klikken op de kaart</translation>
    </message>
    <message>
        <source>Radius for observations</source>
        <translation>Straal voor waarnemingen</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Laag</translation>
    </message>
    <message>
        <source>Value here</source>
        <translation>Waarde hier</translation>
    </message>
    <message>
        <source>Values of the layers</source>
        <translation>Waarden van de lagen</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soort</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Dataset</translation>
    </message>
    <message>
        <source>Observations near it</source>
        <translation>Waarnemingen in de buurt</translation>
    </message>
    <message>
        <source>Copy as Table</source>
        <translation>Kopiëren als tabel</translation>
    </message>
    <message>
        <source>At {latitude}, {longitude}</source>
        <translation>Op {latitude}, {longitude}</translation>
    </message>
    <message>
        <source>The observations could not be read.</source>
        <translation>De waarnemingen konden niet gelezen worden.</translation>
    </message>
    <message>
        <source>Nothing was observed within {radius} m. Try a larger radius.</source>
        <translation>Geen waarnemingen binnen {radius} m. Probeer een grotere straal.</translation>
    </message>
    <message>
        <source>Observations within {radius} m: {n}; the first {shown}:</source>
        <translation>Waarnemingen binnen {radius} m: {n}; de eerste {shown}:</translation>
    </message>
    <message>
        <source>Observations within {radius} m: {n}</source>
        <translation>Waarnemingen binnen {radius} m: {n}</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Waarde</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Eenheid</translation>
    </message>
    <message>
        <source>Observations within</source>
        <translation>Waarnemingen binnen</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>Some positions lie outside the coordinate system that was asked for; these observations are kept without a point.</source>
        <translation>Sommige plaatsen liggen buiten het gevraagde coördinatensysteem; die waarnemingen zijn bewaard zonder punt.</translation>
    </message>
    <message>
        <source>Not all values are of the usual kind in these columns: {}.</source>
        <translation>Niet alle waarden zijn van de gewone soort in deze kolommen: {}.</translation>
    </message>
    <message>
        <source>The portal announced {expected} observations and sent {records}.</source>
        <translation>Het portaal kondigde {expected} waarnemingen aan en stuurde er {records}.</translation>
    </message>
    <message>
        <source>The download holds no coordinates, so no points.</source>
        <translation>De download bevat geen coördinaten, en dus geen punten.</translation>
    </message>
    <message>
        <source>{missing} observations have no coordinates and no point.</source>
        <translation>{missing} waarnemingen hebben geen coördinaten en geen punt.</translation>
    </message>
    <message>
        <source>The grid {grid} of the National Geographic Institute is not installed, so the points may lie up to a metre off. QGIS offers to install it when it transforms a layer.</source>
        <translation>Het raster {grid} van het Nationaal Geografisch Instituut is niet geïnstalleerd; de punten kunnen tot een meter afwijken. QGIS stelt voor het te installeren wanneer het een laag transformeert.</translation>
    </message>
    <message>
        <source>{n} observations from the file {name}, downloaded by hand.</source>
        <translation>{n} waarnemingen uit het bestand {name}, met de hand gedownload.</translation>
    </message>
</context>
<context>
    <name>ImportArchive</name>
    <message>
        <source>Import archive</source>
        <translation>Archief importeren</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>zip,download,geopackage,darwin core</source>
        <translation>zip,download,geopackage,darwin core</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archief</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>Coördinatensysteem</translation>
    </message>
    <message>
        <source>Number of observations</source>
        <translation>Aantal waarnemingen</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>Manifest</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>Citaat</translation>
    </message>
</context>
<context>
    <name>ItemModel</name>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Dutch name</source>
        <translation>Nederlandse naam</translation>
    </message>
    <message>
        <source>{supplied}: {matched} on the portal</source>
        <translation>{supplied}: {matched} op het portaal</translation>
    </message>
    <message>
        <source>The portal does not know this name.</source>
        <translation>Het portaal kent deze naam niet.</translation>
    </message>
    <message>
        <source>{name}, unknown to the portal</source>
        <translation>{name}, onbekend op het portaal</translation>
    </message>
</context>
<context>
    <name>JobBook</name>
    <message>
        <source>Download observations</source>
        <translation>Waarnemingen downloaden</translation>
    </message>
</context>
<context>
    <name>JobDetails</name>
    <message>
        <source>Details of the download</source>
        <translation>Details van de download</translation>
    </message>
    <message>
        <source>Copy Details for the Helpdesk</source>
        <translation>Details voor de helpdesk kopiëren</translation>
    </message>
    <message>
        <source>Without your name, your address, your folders and names of private lists</source>
        <translation>Zonder uw naam, uw e-mailadres, uw mappen en de namen van privélijsten</translation>
    </message>
    <message>
        <source>The details are on the clipboard.</source>
        <translation>De details staan op het klembord.</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Progress of the download</source>
        <translation>Voortgang van de download</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Add to Map</source>
        <translation>Aan kaart toevoegen</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>Map openen</translation>
    </message>
    <message>
        <source>Copy Citation</source>
        <translation>Citaat kopiëren</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Herhalen</translation>
    </message>
    <message>
        <source>Canceled; nothing was kept.</source>
        <translation>Geannuleerd; er is niets bewaard.</translation>
    </message>
    <message>
        <source>The citation is on the clipboard.</source>
        <translation>Het citaat staat op het klembord.</translation>
    </message>
    <message>
        <source>Waiting for the portal: {n} in the queue</source>
        <translation>Wacht op het portaal: {n} in de rij</translation>
    </message>
    <message>
        <source>The portal gathers {done} of {total} records</source>
        <translation>Het portaal verzamelt {done} van {total} waarnemingen</translation>
    </message>
    <message>
        <source>Fetching {done} of {total}</source>
        <translation>Haalt op: {done} van {total}</translation>
    </message>
    <message>
        <source>Writing {done} of {total} records</source>
        <translation>Schrijft {done} van {total} waarnemingen</translation>
    </message>
    <message>
        <source>Remove from List</source>
        <translation>Uit de lijst verwijderen</translation>
    </message>
    <message>
        <source>This download did not succeed last time.</source>
        <translation>Deze download lukte de vorige keer niet.</translation>
    </message>
    <message>
        <source>{added} new, {changed} changed, {removed} removed.</source>
        <translation>{added} nieuw, {changed} gewijzigd, {removed} verdwenen.</translation>
    </message>
    <message>
        <source>The portal asks to slow down; the download goes on after a pause.</source>
        <translation>Het portaal vraagt om trager te gaan; de download gaat na een pauze verder.</translation>
    </message>
    <message>
        <source>The portal does not answer; it is asked again in a moment.</source>
        <translation>Het portaal antwoordt niet; het wordt zo meteen opnieuw gevraagd.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>JudgePanel</name>
    <message>
        <source>Set</source>
        <translation>Instellen</translation>
    </message>
    <message>
        <source>Observations per year</source>
        <translation>Waarnemingen per jaar</translation>
    </message>
    <message>
        <source>From year</source>
        <translation>Vanaf jaar</translation>
    </message>
    <message>
        <source>Observations per month</source>
        <translation>Waarnemingen per maand</translation>
    </message>
    <message>
        <source>Observations per uncertainty</source>
        <translation>Waarnemingen per onzekerheid</translation>
    </message>
    <message>
        <source>Uncertainty at most</source>
        <translation>Onzekerheid hoogstens</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validatie</translation>
    </message>
    <message>
        <source>Datasets</source>
        <translation>Datasets</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licenties</translation>
    </message>
    <message>
        <source>Kind of source</source>
        <translation>Soort bron</translation>
    </message>
    <message>
        <source>Looking at the observations…</source>
        <translation>De waarnemingen worden bekeken…</translation>
    </message>
    <message>
        <source>others</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>From {year} on: {n} of {total} remain.</source>
        <translation>Vanaf {year}: {n} van {total} blijven over.</translation>
    </message>
    <message>
        <source>Any uncertainty: all {total} remain.</source>
        <translation>Om het even welke onzekerheid: alle {total} blijven over.</translation>
    </message>
    <message>
        <source>At most {metres} m: {n} of {total} remain.</source>
        <translation>Hoogstens {metres} m: {n} van {total} blijven over.</translation>
    </message>
</context>
<context>
    <name>Judgement</name>
    <message>
        <source>There is nothing to judge.</source>
        <translation>Er is niets te beoordelen.</translation>
    </message>
    <message>
        <source>{percent} % is validated.</source>
        <translation>{percent} % is gevalideerd.</translation>
    </message>
    <message>
        <source>{percent} % is from {year} or later.</source>
        <translation>{percent} % is van {year} of later.</translation>
    </message>
    <message>
        <source>{percent} % lies within {metres} m of its place.</source>
        <translation>{percent} % ligt binnen {metres} m van zijn plaats.</translation>
    </message>
    <message>
        <source>Of {n} the year is not known.</source>
        <translation>Van {n} is het jaar niet bekend.</translation>
    </message>
    <message>
        <source>Of {n} the uncertainty is not known.</source>
        <translation>Van {n} is de onzekerheid niet bekend.</translation>
    </message>
    <message>
        <source>There is nothing from {years}.</source>
        <translation>Er is niets uit {years}.</translation>
    </message>
    <message>
        <source>The quality profile leaves out {n}.</source>
        <translation>Het kwaliteitsprofiel laat er {n} weg.</translation>
    </message>
    <message>
        <source>{n} more lie outside Flanders.</source>
        <translation>Nog {n} liggen buiten Vlaanderen.</translation>
    </message>
    <message>
        <source>{n} of them lie outside Flanders.</source>
        <translation>{n} ervan liggen buiten Vlaanderen.</translation>
    </message>
    <message>
        <source>{n} are of sensitive species and blurred; their exact place is withheld.</source>
        <translation>{n} zijn van gevoelige soorten en vervaagd; hun exacte plaats wordt niet getoond.</translation>
    </message>
    <message>
        <source>{n} are of sensitive species with their exact place: do not publish it.</source>
        <translation>{n} zijn van gevoelige soorten met hun exacte plaats: publiceer die niet.</translation>
    </message>
</context>
<context>
    <name>LayerAdder</name>
    <message>
        <source>Open a portal layer</source>
        <translation>Portaallaag openen</translation>
    </message>
    <message>
        <source>Portal layers</source>
        <translation>Portaallagen</translation>
    </message>
</context>
<context>
    <name>LayerFacts</name>
    <message>
        <source>Category</source>
        <translation>Rubriek</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Bron</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licentie</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>On the portal since</source>
        <translation>Op het portaal sinds</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Waarden</translation>
    </message>
    <message>
        <source>{low} to {high} {unit}</source>
        <translation>{low} tot {high} {unit}</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadata</translation>
    </message>
</context>
<context>
    <name>LayerMenu</name>
    <message>
        <source>Style</source>
        <translation>Stijl</translation>
    </message>
    <message>
        <source>Add As</source>
        <translation>Toevoegen als</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Kaart</translation>
    </message>
    <message>
        <source>Data: Features With Attributes</source>
        <translation>Data: objecten met attributen</translation>
    </message>
    <message>
        <source>Data: Grid of Numbers</source>
        <translation>Data: raster met getallen</translation>
    </message>
    <message>
        <source>Tiles (Web Mercator)</source>
        <translation>Tegels (Web Mercator)</translation>
    </message>
    <message>
        <source>As Polygons…</source>
        <translation>Als vlakken…</translation>
    </message>
    <message>
        <source>Choose some of its areas and get them as polygons</source>
        <translation>Kies enkele van haar gebieden en krijg ze als vlakken</translation>
    </message>
    <message>
        <source>Metadata Page</source>
        <translation>Metadatapagina</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Omtrek</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>Gevuld</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standaard</translation>
    </message>
    <message>
        <source>Linear Ramp</source>
        <translation>Lineair verloop</translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <source>Favourites</source>
        <translation>Favorieten</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>Laatst gebruikt</translation>
    </message>
    <message>
        <source>Other layers</source>
        <translation>Andere lagen</translation>
    </message>
</context>
<context>
    <name>LayerPage</name>
    <message>
        <source>Back to the layers (Esc)</source>
        <translation>Terug naar de lagen (Esc)</translation>
    </message>
</context>
<context>
    <name>LayerSection</name>
    <message>
        <source>Reading the catalogue…</source>
        <translation>De catalogus wordt gelezen…</translation>
    </message>
    <message>
        <source>Base Maps</source>
        <translation>Basiskaarten</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>What Is Here?</source>
        <translation>Wat is hier?</translation>
    </message>
    <message>
        <source>This is the catalogue of {when}.</source>
        <translation>Dit is de catalogus van {when}.</translation>
    </message>
    <message>
        <source>“{title}” is on the map already; it is selected now.</source>
        <translation>“{title}” staat al op de kaart; ze is nu gekozen.</translation>
    </message>
    <message>
        <source>Portal Map</source>
        <translation>Portaalkaart</translation>
    </message>
    <message>
        <source>Area Report</source>
        <translation>Gebiedsrapport</translation>
    </message>
    <message>
        <source>Analyses</source>
        <translation>Analyses</translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>squares</source>
        <translation>hokken</translation>
    </message>
</context>
<context>
    <name>LayoutBanner</name>
    <message>
        <source>Make Publishable Copy…</source>
        <translation>Publiceerbare kopie maken…</translation>
    </message>
    <message>
        <source>Sensitive species</source>
        <translation>Gevoelige soorten</translation>
    </message>
    <message>
        <source>Exact places of sensitive species: do not publish them.</source>
        <translation>Exacte plaatsen van gevoelige soorten: niet publiceren.</translation>
    </message>
</context>
<context>
    <name>ListDifference</name>
    <message>
        <source>Nothing differs.</source>
        <translation>Er is geen verschil.</translation>
    </message>
    <message>
        <source>Added ({n}): {names}.</source>
        <translation>Toegevoegd ({n}): {names}.</translation>
    </message>
    <message>
        <source>Removed ({n}): {names}.</source>
        <translation>Verwijderd ({n}): {names}.</translation>
    </message>
    <message>
        <source>Other values ({n}): {names}.</source>
        <translation>Andere waarden ({n}): {names}.</translation>
    </message>
    <message>
        <source>{names} and {rest} more</source>
        <translation>{names} en nog {rest}</translation>
    </message>
</context>
<context>
    <name>ListEditing</name>
    <message>
        <source>Read a table of names</source>
        <translation>Een tabel met namen lezen</translation>
    </message>
    <message>
        <source>Match names</source>
        <translation>Namen herkennen</translation>
    </message>
    <message>
        <source>Read a species list</source>
        <translation>Soortenlijst lezen</translation>
    </message>
    <message>
        <source>Look up names</source>
        <translation>Namen opzoeken</translation>
    </message>
    <message>
        <source>Matching the names…</source>
        <translation>De namen worden herkend…</translation>
    </message>
    <message>
        <source>Looking at the list on the portal…</source>
        <translation>De lijst op het portaal bekijken…</translation>
    </message>
    <message>
        <source>The portal has the names and matches them; a long list takes minutes.</source>
        <translation>Het portaal heeft de namen en herkent ze; een lange lijst duurt minuten.</translation>
    </message>
    <message>
        <source>The answer got lost. Looking whether the list is there…</source>
        <translation>Het antwoord ging verloren. Nagaan of de lijst er is…</translation>
    </message>
    <message>
        <source>The list is saved. Checking whose it is…</source>
        <translation>De lijst is bewaard. Nagaan van wie ze is…</translation>
    </message>
    <message>
        <source>Stop Waiting</source>
        <translation>Niet langer wachten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>The portal does not let your account change this list.</source>
        <translation>Het portaal laat uw account deze lijst niet wijzigen.</translation>
    </message>
    <message>
        <source>Show What Changed</source>
        <translation>Toon wat er wijzigde</translation>
    </message>
    <message>
        <source>Replace It</source>
        <translation>Vervangen</translation>
    </message>
    <message>
        <source>Look Again</source>
        <translation>Opnieuw kijken</translation>
    </message>
    <message>
        <source>Canceled. Nothing was sent.</source>
        <translation>Geannuleerd. Er werd niets verstuurd.</translation>
    </message>
    <message>
        <source>QGIS waits no longer. The portal has the list already and may still save it.</source>
        <translation>QGIS wacht niet langer. Het portaal heeft de lijst al en kan ze nog bewaren.</translation>
    </message>
    <message>
        <source>Meanwhile on the portal: {changes}</source>
        <translation>Intussen op het portaal: {changes}</translation>
    </message>
    <message>
        <source>Publish Mine Anyway</source>
        <translation>Toch de mijne publiceren</translation>
    </message>
    <message>
        <source>Open It as It Is Now</source>
        <translation>Openen zoals ze nu is</translation>
    </message>
</context>
<context>
    <name>ListField</name>
    <message>
        <source>none; type the name of a list</source>
        <translation>geen; typ de naam van een lijst</translation>
    </message>
    <message>
        <source>Species list</source>
        <translation>Soortenlijst</translation>
    </message>
    <message>
        <source>Private: only you see this list and what it finds.</source>
        <translation>Privé: alleen u ziet deze lijst en wat ze vindt.</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>van mij</translation>
    </message>
</context>
<context>
    <name>ListHandOver</name>
    <message>
        <source>The page of the list is open in the browser. What you change there shows here by itself.</source>
        <translation>De pagina van de lijst staat open in de browser. Wat u daar wijzigt, verschijnt hier vanzelf.</translation>
    </message>
    <message>
        <source>Nothing has changed on the portal so far.</source>
        <translation>Op het portaal is nog niets gewijzigd.</translation>
    </message>
    <message>
        <source>Look Again</source>
        <translation>Opnieuw kijken</translation>
    </message>
    <message>
        <source>“{name}” is gone from the portal, or no longer shared with you.</source>
        <translation>“{name}” staat niet meer op het portaal, of is niet meer met u gedeeld.</translation>
    </message>
    <message>
        <source>“{name}” is private now.</source>
        <translation>“{name}” is nu privé.</translation>
    </message>
    <message>
        <source>“{name}” is public now.</source>
        <translation>“{name}” is nu openbaar.</translation>
    </message>
    <message>
        <source>“{name}” has another name now.</source>
        <translation>“{name}” heeft nu een andere naam.</translation>
    </message>
    <message>
        <source>“{name}” was changed on the portal.</source>
        <translation>“{name}” werd op het portaal gewijzigd.</translation>
    </message>
</context>
<context>
    <name>ListJoinForm</name>
    <message>
        <source>Layer</source>
        <translation>Laag</translation>
    </message>
    <message>
        <source>Column that tells the species</source>
        <translation>Kolom met de soort</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Kleuren volgens</translation>
    </message>
    <message>
        <source>This layer has no column that tells the species, such as taxonConceptID.</source>
        <translation>Deze laag heeft geen kolom met de soort, zoals taxonConceptID.</translation>
    </message>
    <message>
        <source>Field of the form</source>
        <translation>Veld van het formulier</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Koppelen</translation>
    </message>
    <message>
        <source>Offer in Its Form</source>
        <translation>Aanbieden in het formulier</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Terug</translation>
    </message>
    <message>
        <source>Species in column</source>
        <translation>Soort in kolom</translation>
    </message>
    <message>
        <source>Join “{name}”</source>
        <translation>“{name}” koppelen</translation>
    </message>
    <message>
        <source>no colours</source>
        <translation>geen kleuren</translation>
    </message>
    <message>
        <source>This list is private. A join writes its values into the project file.</source>
        <translation>Deze lijst is privé. Koppelen schrijft haar waarden in het projectbestand.</translation>
    </message>
    <message>
        <source>I agree with that</source>
        <translation>Daar ga ik mee akkoord</translation>
    </message>
    <message>
        <source>Choose names in field</source>
        <translation>Namen kiezen in veld</translation>
    </message>
</context>
<context>
    <name>ListModel</name>
    <message>
        <source>List</source>
        <translation>Lijst</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Gewijzigd</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privé</translation>
    </message>
    <message>
        <source>public</source>
        <translation>openbaar</translation>
    </message>
    <message>
        <source>authoritative</source>
        <translation>officieel</translation>
    </message>
    <message>
        <source>{n} names</source>
        <translation>{n} namen</translation>
    </message>
    <message>
        <source>{percent} % known to the portal</source>
        <translation>{percent} % bekend op het portaal</translation>
    </message>
    <message>
        <source>changed {day}</source>
        <translation>gewijzigd {day}</translation>
    </message>
    <message>
        <source>Mine and shared with me</source>
        <translation>Van mij en met mij gedeeld</translation>
    </message>
    <message>
        <source>Authoritative</source>
        <translation>Officieel</translation>
    </message>
    <message>
        <source>Other public lists</source>
        <translation>Andere openbare lijsten</translation>
    </message>
</context>
<context>
    <name>ListNotices</name>
    <message>
        <source>The portal does not show this to your account.</source>
        <translation>Het portaal toont dit niet aan uw account.</translation>
    </message>
    <message>
        <source>A list that was being saved has arrived: it is complete on the portal.</source>
        <translation>Een lijst die bewaard werd, is aangekomen: ze staat volledig op het portaal.</translation>
    </message>
    <message>
        <source>“{name}” was sent at {moment}; the portal does not show it yet.</source>
        <translation>“{name}” werd op {moment} verstuurd; het portaal toont ze nog niet.</translation>
    </message>
    <message>
        <source>Look Again</source>
        <translation>Opnieuw kijken</translation>
    </message>
    <message>
        <source>“{name}” was sent at {moment} and did not arrive.</source>
        <translation>“{name}” werd op {moment} verstuurd en kwam niet aan.</translation>
    </message>
    <message>
        <source>Send Again…</source>
        <translation>Opnieuw versturen…</translation>
    </message>
    <message>
        <source>Forget It</source>
        <translation>Vergeten</translation>
    </message>
</context>
<context>
    <name>ListRefill</name>
    <message>
        <source>Read a species list</source>
        <translation>Soortenlijst lezen</translation>
    </message>
</context>
<context>
    <name>ListReview</name>
    <message>
        <source>Only names to look at</source>
        <translation>Alleen na te kijken namen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aanvaarden</translation>
    </message>
    <message>
        <source>Take the taxon that was found for the selected names</source>
        <translation>Neem het gevonden taxon voor de gekozen namen</translation>
    </message>
    <message>
        <source>Leave Out</source>
        <translation>Weglaten</translation>
    </message>
    <message>
        <source>Choose another species for the selected name</source>
        <translation>Kies een andere soort voor de gekozen naam</translation>
    </message>
    <message>
        <source>Make a new list</source>
        <translation>Een nieuwe lijst maken</translation>
    </message>
    <message>
        <source>Add to a list of mine</source>
        <translation>Toevoegen aan een lijst van mij</translation>
    </message>
    <message>
        <source>Replace a list of mine</source>
        <translation>Een lijst van mij vervangen</translation>
    </message>
    <message>
        <source>What to make of it</source>
        <translation>Wat ervan te maken</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Lijst</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Terug</translation>
    </message>
    <message>
        <source>Save on the Portal</source>
        <translation>Bewaren op het portaal</translation>
    </message>
    <message>
        <source>Names to review</source>
        <translation>Na te kijken namen</translation>
    </message>
    <message>
        <source>Other species</source>
        <translation>Andere soort</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschrijving</translation>
    </message>
    <message>
        <source>{n} names: {sure} certain, {check} to check, {unknown} unknown.</source>
        <translation>{n} namen: {sure} zeker, {check} na te kijken, {unknown} onbekend.</translation>
    </message>
    <message>
        <source>{n} are left out.</source>
        <translation>{n} weggelaten.</translation>
    </message>
    <message>
        <source>Put Back</source>
        <translation>Terugzetten</translation>
    </message>
    <message>
        <source>Give the list a name.</source>
        <translation>Geef de lijst een naam.</translation>
    </message>
    <message>
        <source>A list on the portal cannot be empty. Delete it there instead.</source>
        <translation>Een lijst op het portaal kan niet leeg zijn. Verwijder ze daar.</translation>
    </message>
    <message>
        <source>Private: only I see it</source>
        <translation>Privé: alleen ik zie ze</translation>
    </message>
</context>
<context>
    <name>ListSaver</name>
    <message>
        <source>Save a species list</source>
        <translation>Een soortenlijst bewaren</translation>
    </message>
    <message>
        <source>Look for saved lists</source>
        <translation>Bewaarde lijsten zoeken</translation>
    </message>
</context>
<context>
    <name>ListSection</name>
    <message>
        <source>Reading the lists…</source>
        <translation>De lijsten worden gelezen…</translation>
    </message>
    <message>
        <source>Read the species lists</source>
        <translation>Soortenlijsten lezen</translation>
    </message>
    <message>
        <source>Read a species list</source>
        <translation>Soortenlijst lezen</translation>
    </message>
    <message>
        <source>You have no lists of your own yet.</source>
        <translation>U hebt nog geen eigen lijsten.</translation>
    </message>
    <message>
        <source>Sign in to see your own and shared lists as well.</source>
        <translation>Meld u aan om ook uw eigen en gedeelde lijsten te zien.</translation>
    </message>
    <message>
        <source>{n} names, {matched} of them known to the portal.</source>
        <translation>{n} namen, waarvan het portaal er {matched} kent.</translation>
    </message>
    <message>
        <source>Find the lists of a species</source>
        <translation>De lijsten van een soort zoeken</translation>
    </message>
    <message>
        <source>Count the observations of a list</source>
        <translation>De waarnemingen van een lijst tellen</translation>
    </message>
    <message>
        <source>Look up names</source>
        <translation>Namen opzoeken</translation>
    </message>
    <message>
        <source>Edit the table in QGIS, then publish the changes.</source>
        <translation>Bewerk de tabel in QGIS en publiceer daarna de wijzigingen.</translation>
    </message>
    <message>
        <source>The list is private: a project file gets its number only.</source>
        <translation>De lijst is privé: in een projectbestand komt alleen haar nummer.</translation>
    </message>
    <message>
        <source>Use Its Name</source>
        <translation>Haar naam gebruiken</translation>
    </message>
    <message>
        <source>The tables of {n} lists are empty.</source>
        <translation>De tabellen van {n} lijsten zijn leeg.</translation>
    </message>
    <message>
        <source>Fill Again</source>
        <translation>Opnieuw vullen</translation>
    </message>
    <message>
        <source>{n} observations of the species on “{name}”.</source>
        <translation>{n} waarnemingen van de soorten op “{name}”.</translation>
    </message>
    <message>
        <source>Make It on the Portal</source>
        <translation>Op het portaal maken</translation>
    </message>
    <message>
        <source>Nothing was published from here yet, so nothing was kept.</source>
        <translation>Hier werd nog niets gepubliceerd, dus werd er niets bewaard.</translation>
    </message>
    <message>
        <source>Which content of “{name}”?</source>
        <translation>Welke inhoud van “{name}”?</translation>
    </message>
    <message>
        <source>{moment}: {n} names</source>
        <translation>{moment}: {n} namen</translation>
    </message>
    <message>
        <source>Download as CSV</source>
        <translation>Downloaden als CSV</translation>
    </message>
    <message>
        <source>Download a species list</source>
        <translation>Een soortenlijst downloaden</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Bewaard als {path}.</translation>
    </message>
</context>
<context>
    <name>ListShelf</name>
    <message>
        <source>Search lists</source>
        <translation>Lijsten zoeken</translation>
    </message>
    <message>
        <source>Type of list</source>
        <translation>Type lijst</translation>
    </message>
    <message>
        <source>Species lists</source>
        <translation>Soortenlijsten</translation>
    </message>
    <message>
        <source>Names of the list</source>
        <translation>Namen van de lijst</translation>
    </message>
    <message>
        <source>Use as Filter</source>
        <translation>Gebruik als filter</translation>
    </message>
    <message>
        <source>Join to Layer…</source>
        <translation>Koppel aan laag…</translation>
    </message>
    <message>
        <source>Open as Table</source>
        <translation>Openen als tabel</translation>
    </message>
    <message>
        <source>New List…</source>
        <translation>Nieuwe lijst…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Meer</translation>
    </message>
    <message>
        <source>Download as CSV…</source>
        <translation>Downloaden als CSV…</translation>
    </message>
    <message>
        <source>Restore an Earlier Content…</source>
        <translation>Vroegere inhoud herstellen…</translation>
    </message>
    <message>
        <source>Rename, Describe, Share or Delete on the Portal</source>
        <translation>Hernoemen, beschrijven, delen of verwijderen op het portaal</translation>
    </message>
    <message>
        <source>My Lists on the Portal</source>
        <translation>Mijn lijsten op het portaal</translation>
    </message>
    <message>
        <source>Read the Lists Again</source>
        <translation>Lijsten opnieuw lezen</translation>
    </message>
    <message>
        <source>Which lists is a species on?</source>
        <translation>Op welke lijsten staat een soort?</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>Alle types</translation>
    </message>
    <message>
        <source>{species} is on {n} lists.</source>
        <translation>{species} staat op {n} lijsten.</translation>
    </message>
    <message>
        <source>Private lists are not among them: sign in for these.</source>
        <translation>Privélijsten zijn er niet bij: meld u daarvoor aan.</translation>
    </message>
    <message>
        <source>No list has these words in its name or description.</source>
        <translation>Geen enkele lijst heeft deze woorden in haar naam of beschrijving.</translation>
    </message>
    <message>
        <source>Edit as Table</source>
        <translation>Bewerken als tabel</translation>
    </message>
    <message>
        <source>Choose a list to see its names.</source>
        <translation>Kies een lijst om haar namen te zien.</translation>
    </message>
    <message>
        <source>Publish Changes…</source>
        <translation>Wijzigingen publiceren…</translation>
    </message>
    <message>
        <source>Notify Me of New Observations…</source>
        <translation>Meld mij nieuwe waarnemingen…</translation>
    </message>
</context>
<context>
    <name>ListSourceForm</name>
    <message>
        <source>Typed or pasted names</source>
        <translation>Getypte of geplakte namen</translation>
    </message>
    <message>
        <source>A file: CSV, Excel, OpenDocument</source>
        <translation>Een bestand: CSV, Excel, OpenDocument</translation>
    </message>
    <message>
        <source>A column of a layer</source>
        <translation>Een kolom van een laag</translation>
    </message>
    <message>
        <source>One name on each line, Dutch or scientific; or paste a table with its headers</source>
        <translation>Eén naam per regel, Nederlands of wetenschappelijk; of plak een tabel met kolomnamen</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Tables (*.csv *.txt *.tsv *.xlsx *.ods *.xls)</source>
        <translation>Tabellen (*.csv *.txt *.tsv *.xlsx *.ods *.xls)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Bestand</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Laag</translation>
    </message>
    <message>
        <source>Selected features only</source>
        <translation>Alleen geselecteerde objecten</translation>
    </message>
    <message>
        <source>Column with the names</source>
        <translation>Kolom met de namen</translation>
    </message>
    <message>
        <source>Columns to keep as values</source>
        <translation>Kolommen om als waarde te bewaren</translation>
    </message>
    <message>
        <source>none</source>
        <translation>geen</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>niet opgegeven</translation>
    </message>
    <message>
        <source>Tells names apart that are used twice, such as Prunella: a bird and a plant</source>
        <translation>Onderscheidt namen die twee keer bestaan, zoals Prunella: een vogel en een plant</translation>
    </message>
    <message>
        <source>Check the Names</source>
        <translation>Namen nakijken</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Keep as values</source>
        <translation>Bewaren als waarde</translation>
    </message>
    <message>
        <source>Kingdom</source>
        <translation>Rijk</translation>
    </message>
    <message>
        <source>Names from</source>
        <translation>Namen uit</translation>
    </message>
    <message>
        <source>{n} rows were read.</source>
        <translation>{n} rijen gelezen.</translation>
    </message>
    <message>
        <source>the only column</source>
        <translation>de enige kolom</translation>
    </message>
    <message>
        <source>Give a name first.</source>
        <translation>Geef eerst een naam op.</translation>
    </message>
    <message>
        <source>Species instead of subspecies</source>
        <translation>Soort in plaats van ondersoort</translation>
    </message>
</context>
<context>
    <name>ListTables</name>
    <message>
        <source>Private list {number}</source>
        <translation>Privélijst {number}</translation>
    </message>
    <message>
        <source>“{name}” is joined to “{layer}”.</source>
        <translation>“{name}” is gekoppeld aan “{layer}”.</translation>
    </message>
    <message>
        <source>not on the list</source>
        <translation>niet op de lijst</translation>
    </message>
    <message>
        <source>“{layer}” has the colours of {key}: {n} classes.</source>
        <translation>“{layer}” heeft de kleuren van {key}: {n} klassen.</translation>
    </message>
    <message>
        <source>“{layer}” has its values of {key}; {n} are too many for colours.</source>
        <translation>“{layer}” heeft de waarden van {key}; {n} zijn er te veel voor kleuren.</translation>
    </message>
    <message>
        <source>None of the species of “{layer}” has a value of {key}.</source>
        <translation>Geen van de soorten van “{layer}” heeft een waarde van {key}.</translation>
    </message>
    <message>
        <source>In the form of “{layer}”, {field} now offers the names of the list.</source>
        <translation>In het formulier van “{layer}” biedt {field} nu de namen van de lijst aan.</translation>
    </message>
</context>
<context>
    <name>ListTypes</name>
    <message>
        <source>Species traits list</source>
        <translation>Lijst met soorteigenschappen</translation>
    </message>
    <message>
        <source>Conservation list</source>
        <translation>Lijst voor natuurbehoud</translation>
    </message>
    <message>
        <source>List of sensitive species</source>
        <translation>Lijst van gevoelige soorten</translation>
    </message>
    <message>
        <source>Area checklist</source>
        <translation>Checklist van een gebied</translation>
    </message>
    <message>
        <source>Common trait of species</source>
        <translation>Gemeenschappelijke eigenschap van soorten</translation>
    </message>
    <message>
        <source>Common habitat of species</source>
        <translation>Gemeenschappelijke habitat van soorten</translation>
    </message>
    <message>
        <source>Defined in the geographic portal</source>
        <translation>Gemaakt in het geografisch portaal</translation>
    </message>
    <message>
        <source>Profile list</source>
        <translation>Profiellijst</translation>
    </message>
    <message>
        <source>Test list</source>
        <translation>Testlijst</translation>
    </message>
    <message>
        <source>Other list</source>
        <translation>Andere lijst</translation>
    </message>
</context>
<context>
    <name>ListWatch</name>
    <message>
        <source>Look at a list</source>
        <translation>Een lijst bekijken</translation>
    </message>
</context>
<context>
    <name>LoadSpeciesList</name>
    <message>
        <source>Load species list</source>
        <translation>Soortenlijst laden</translation>
    </message>
    <message>
        <source>species,list,red list,taxa</source>
        <translation>soorten,lijst,rode lijst,taxa</translation>
    </message>
    <message>
        <source>List (dr…)</source>
        <translation>Lijst (dr…)</translation>
    </message>
    <message>
        <source>Species list</source>
        <translation>Soortenlijst</translation>
    </message>
    <message>
        <source>Names the portal knows</source>
        <translation>Namen die het portaal kent</translation>
    </message>
</context>
<context>
    <name>MapLinkMenu</name>
    <message>
        <source>Show This Map in the Portal</source>
        <translation>Deze kaart in het portaal tonen</translation>
    </message>
    <message>
        <source>Paste a Link of the Portal Map</source>
        <translation>Een link van de portaalkaart plakken</translation>
    </message>
    <message>
        <source>Make a link to the portal map</source>
        <translation>Een link naar de portaalkaart maken</translation>
    </message>
    <message>
        <source>Read a link of the portal map</source>
        <translation>Een link van de portaalkaart lezen</translation>
    </message>
    <message>
        <source>Areas of a link</source>
        <translation>Gebieden van een link</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>The portal does not know these parts of the link: {ids}.</source>
        <translation>Het portaal kent deze delen van de link niet: {ids}.</translation>
    </message>
</context>
<context>
    <name>MapServerFeed</name>
    <message>
        <source>Ask what the map server offers</source>
        <translation>Vragen wat de kaartserver aanbiedt</translation>
    </message>
</context>
<context>
    <name>MatchNames</name>
    <message>
        <source>Match names</source>
        <translation>Namen koppelen</translation>
    </message>
    <message>
        <source>taxa,species,names,synonyms,accepted</source>
        <translation>taxa,soorten,namen,synoniemen,aanvaard</translation>
    </message>
    <message>
        <source>Table with names</source>
        <translation>Tabel met namen</translation>
    </message>
    <message>
        <source>Column with the names</source>
        <translation>Kolom met de namen</translation>
    </message>
    <message>
        <source>Kingdom, to tell apart names that two have (Animalia, Plantae, Fungi)</source>
        <translation>Rijk, voor namen die er twee hebben (Animalia, Plantae, Fungi)</translation>
    </message>
    <message>
        <source>Matched names</source>
        <translation>Gekoppelde namen</translation>
    </message>
    <message>
        <source>Names that matched</source>
        <translation>Herkende namen</translation>
    </message>
    <message>
        <source>Names without a match</source>
        <translation>Namen die niet herkend zijn</translation>
    </message>
    <message>
        <source>The portal does not know: {names}</source>
        <translation>Het portaal kent niet: {names}</translation>
    </message>
    <message>
        <source>Check these, the match is a guess: {names}</source>
        <translation>Kijk deze na, ze zijn gegokt: {names}</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Sign in to the portal first.</source>
        <translation>Meld u eerst aan bij het portaal.</translation>
    </message>
    <message>
        <source>Signing in did not succeed. Try again, or ask for access.</source>
        <translation>Het aanmelden is niet gelukt. Probeer opnieuw of vraag toegang.</translation>
    </message>
    <message>
        <source>Your account does not have the right to do this. Ask for access.</source>
        <translation>Uw account heeft hier geen recht op. Vraag toegang.</translation>
    </message>
    <message>
        <source>The portal does not know this item any more.</source>
        <translation>Het portaal kent dit niet meer.</translation>
    </message>
    <message>
        <source>The portal asks to slow down. Wait a minute and try again.</source>
        <translation>Het portaal vraagt om trager te gaan. Wacht een minuut en probeer opnieuw.</translation>
    </message>
    <message>
        <source>The portal did not understand this question. Change the filters and try again.</source>
        <translation>Het portaal begreep deze vraag niet. Pas de filters aan en probeer opnieuw.</translation>
    </message>
    <message>
        <source>The portal has a problem at the moment. Try again later.</source>
        <translation>Het portaal heeft momenteel een probleem. Probeer het later opnieuw.</translation>
    </message>
    <message>
        <source>The portal gave an answer that cannot be read. Try again; see the log.</source>
        <translation>Het portaal gaf een onleesbaar antwoord. Probeer opnieuw; zie het logboek.</translation>
    </message>
    <message>
        <source>The portal does not know “{wanted}”.</source>
        <translation>Het portaal kent “{wanted}” niet.</translation>
    </message>
    <message>
        <source>The portal did not deliver the download. Fetch it again.</source>
        <translation>Het portaal heeft de download niet geleverd. Haal hem opnieuw op.</translation>
    </message>
    <message>
        <source>The downloaded file is damaged and was not used. Fetch it again.</source>
        <translation>Het gedownloade bestand is beschadigd en werd niet gebruikt. Haal het opnieuw op.</translation>
    </message>
    <message>
        <source>The file {path} could not be written. Choose another place.</source>
        <translation>Het bestand {path} kon niet geschreven worden. Kies een andere plaats.</translation>
    </message>
    <message>
        <source>Something went wrong; see the log.</source>
        <translation>Er ging iets mis; zie het logboek.</translation>
    </message>
    <message>
        <source>The sign-in was refused or stopped in the browser.</source>
        <translation>Het aanmelden werd in de browser geweigerd of gestopt.</translation>
    </message>
    <message>
        <source>The browser could not be opened. Copy the link, or sign in with a code.</source>
        <translation>De browser kon niet geopend worden. Kopieer de link of meld u aan met een code.</translation>
    </message>
    <message>
        <source>The code was not entered in time. Ask for a new one.</source>
        <translation>De code werd niet op tijd ingevoerd. Vraag een nieuwe.</translation>
    </message>
    <message>
        <source>These are more records than the portal delivers at once. Narrow the filters.</source>
        <translation>Dit zijn meer waarnemingen dan het portaal in één keer levert. Maak de filters enger.</translation>
    </message>
    <message>
        <source>The download was cancelled on the portal.</source>
        <translation>De download werd op het portaal geannuleerd.</translation>
    </message>
    <message>
        <source>The portal has not finished this download. Fetch it later, or ask it again.</source>
        <translation>Het portaal heeft deze download niet afgewerkt. Haal hem later op of vraag hem opnieuw.</translation>
    </message>
    <message>
        <source>There is no room left on the disk for {path}. Make room, then try again; nothing half-written was left.</source>
        <translation>Er is geen plaats meer op de schijf voor {path}. Maak plaats en probeer opnieuw; er bleef niets halfs achter.</translation>
    </message>
    <message>
        <source>You may not write to {path}. Choose another folder.</source>
        <translation>U mag niet schrijven naar {path}. Kies een andere map.</translation>
    </message>
    <message>
        <source>Did you mean {names}?</source>
        <translation>Bedoelde u {names}?</translation>
    </message>
    <message>
        <source>The portal cannot be reached. Check the connection and the proxy settings of QGIS.</source>
        <translation>Het portaal is niet bereikbaar. Controleer de verbinding en de proxy-instellingen van QGIS.</translation>
    </message>
    <message>
        <source>The address of the portal is not known or not safe. Choose a portal in the options.</source>
        <translation>Het adres van het portaal is onbekend of niet veilig. Kies een portaal in de opties.</translation>
    </message>
    <message>
        <source>Nothing came back from the browser. If it showed an error, ask for access; otherwise try again.</source>
        <translation>Er kwam niets terug van de browser. Toonde hij een fout, vraag dan toegang; probeer anders opnieuw.</translation>
    </message>
    <message>
        <source>This portal has not registered QGIS for signing in yet. What is open works without it.</source>
        <translation>Dit portaal heeft QGIS nog niet geregistreerd om aan te melden. Wat open is, werkt zonder.</translation>
    </message>
    <message>
        <source>Signing in needs the Python packages requests-oauthlib and keyring. Install the full version of this plugin, or ask your administrator.</source>
        <translation>Aanmelden vraagt de Python-pakketten requests-oauthlib en keyring. Installeer de volledige versie van deze plugin of vraag het aan uw beheerder.</translation>
    </message>
    <message>
        <source>The sign-in server is not the one this portal names. Check the portal in the options.</source>
        <translation>De aanmeldserver is niet die van dit portaal. Controleer het portaal in de opties.</translation>
    </message>
    <message>
        <source>Your account has no e-mail address, which the portal needs for a download. Complete your profile.</source>
        <translation>Uw account heeft geen e-mailadres, en dat heeft het portaal nodig voor een download. Vul uw profiel aan.</translation>
    </message>
    <message>
        <source>The file {path} is open. Close the layer, or choose another name; the file is unchanged.</source>
        <translation>Het bestand {path} staat open. Sluit de laag of kies een andere naam; het bestand is ongewijzigd.</translation>
    </message>
    <message>
        <source>This question cannot be asked: change “{part}” and try again.</source>
        <translation>Deze vraag kan niet gesteld worden: wijzig “{part}” en probeer opnieuw.</translation>
    </message>
    <message>
        <source>This is more than can be fetched at once. Choose a smaller part.</source>
        <translation>Dit is meer dan in één keer opgehaald kan worden. Kies een kleiner deel.</translation>
    </message>
    <message>
        <source>This file cannot be read as a table. Choose a CSV file or a spreadsheet.</source>
        <translation>Dit bestand kan niet als tabel gelezen worden. Kies een CSV-bestand of een rekenblad.</translation>
    </message>
    <message>
        <source>This list is not as it was. Load it again, and look at what changed.</source>
        <translation>Deze lijst is niet meer zoals ze was. Laad ze opnieuw en bekijk wat er veranderd is.</translation>
    </message>
    <message>
        <source>The portal does not tell QGIS whose your account is, so a list from here would belong to nobody. Nothing was sent; make the list on the portal&apos;s own page.</source>
        <translation>Het portaal zegt QGIS niet van wie uw account is, en dus zou een lijst van hier niemand toebehoren. Er is niets verstuurd; maak de lijst op de pagina van het portaal zelf.</translation>
    </message>
    <message>
        <source>The portal got the list, but its answer never came, and the change cannot be seen yet. Look again in a few minutes; nothing is sent twice.</source>
        <translation>Het portaal kreeg de lijst, maar het antwoord kwam nooit en de wijziging is nog niet te zien. Kijk over enkele minuten opnieuw; er wordt niets tweemaal verstuurd.</translation>
    </message>
    <message>
        <source>A sign-in is waiting already. Finish it in the browser, or cancel it.</source>
        <translation>Er wacht al een aanmelding. Werk ze af in de browser of annuleer ze.</translation>
    </message>
    <message>
        <source>The browser cannot come back to QGIS on this computer. Sign in with a code.</source>
        <translation>De browser kan op deze computer niet terugkeren naar QGIS. Meld u aan met een code.</translation>
    </message>
    <message>
        <source>The clock of this computer is wrong. Set it right and try again.</source>
        <translation>De klok van deze computer staat verkeerd. Zet ze juist en probeer opnieuw.</translation>
    </message>
    <message>
        <source>This portal does not offer signing in with a code. Use the browser.</source>
        <translation>Dit portaal biedt geen aanmelding met een code. Gebruik de browser.</translation>
    </message>
    <message>
        <source>The portal knows none of the names on this species list, so it would find nothing. Repair the names in the list.</source>
        <translation>Het portaal kent geen enkele naam op deze soortenlijst en zou dus niets vinden. Verbeter de namen in de lijst.</translation>
    </message>
    <message>
        <source>This question uses a private list; an address would show its species to others. Leave the list out first.</source>
        <translation>Deze vraag gebruikt een privélijst; een adres zou de soorten ervan aan anderen tonen. Laat de lijst eerst weg.</translation>
    </message>
    <message>
        <source>This is not the address of a search on this portal. Copy it from the portal&apos;s page with the search results.</source>
        <translation>Dit is geen adres van een zoekvraag op dit portaal. Kopieer het van de pagina met zoekresultaten.</translation>
    </message>
    <message>
        <source>This question was saved by another version of the plugin. Ask it anew.</source>
        <translation>Deze vraag werd bewaard door een andere versie van de plugin. Stel ze opnieuw.</translation>
    </message>
    <message>
        <source>The area has no surface. Choose or draw another one.</source>
        <translation>Het gebied heeft geen oppervlakte. Kies of teken een ander.</translation>
    </message>
    <message>
        <source>The area holds points or lines only. Choose polygons.</source>
        <translation>Het gebied bevat alleen punten of lijnen. Kies vlakken.</translation>
    </message>
    <message>
        <source>The area lies where its coordinate system does not hold. Set the right coordinate system of the layer.</source>
        <translation>Het gebied ligt waar zijn coördinatensysteem niet geldt. Stel het juiste coördinatensysteem van de laag in.</translation>
    </message>
    <message>
        <source>The area has too many separate parts. Choose fewer polygons.</source>
        <translation>Het gebied heeft te veel losse delen. Kies minder vlakken.</translation>
    </message>
    <message>
        <source>Choose the place first: type it, or click it on the map.</source>
        <translation>Kies eerst de plaats: typ ze of klik ze aan op de kaart.</translation>
    </message>
    <message>
        <source>This file is larger than 30 MB, more than the portal takes for one list.</source>
        <translation>Dit bestand is groter dan 30 MB, meer dan het portaal voor één lijst aanneemt.</translation>
    </message>
    <message>
        <source>There is no name in it.</source>
        <translation>Er staat geen naam in.</translation>
    </message>
    <message>
        <source>You have a list of this name already. Choose another name, or replace it.</source>
        <translation>U hebt al een lijst met deze naam. Kies een andere naam of vervang ze.</translation>
    </message>
    <message>
        <source>Somebody changed this list on the portal meanwhile. Nothing was sent.</source>
        <translation>Iemand heeft deze lijst intussen op het portaal gewijzigd. Er is niets verstuurd.</translation>
    </message>
    <message>
        <source>period</source>
        <translation>periode</translation>
    </message>
    <message>
        <source>months</source>
        <translation>maanden</translation>
    </message>
    <message>
        <source>uncertainty</source>
        <translation>onzekerheid</translation>
    </message>
    <message>
        <source>species list</source>
        <translation>soortenlijst</translation>
    </message>
    <message>
        <source>area</source>
        <translation>gebied</translation>
    </message>
    <message>
        <source>radius</source>
        <translation>straal</translation>
    </message>
    <message>
        <source>number of filters</source>
        <translation>aantal filters</translation>
    </message>
    <message>
        <source>address</source>
        <translation>adres</translation>
    </message>
    <message>
        <source>filters of your own</source>
        <translation>eigen filters</translation>
    </message>
    <message>
        <source>Nothing was uploaded: an area on the portal is public and others can delete it. Agree to that first.</source>
        <translation>Er is niets opgeladen: een gebied op het portaal is openbaar en anderen kunnen het wissen. Ga daar eerst mee akkoord.</translation>
    </message>
    <message>
        <source>This is no id of a portal layer, such as cl100. Look it up in the catalogue.</source>
        <translation>Dit is geen id van een portaallaag, zoals cl100. Zoek het op in de catalogus.</translation>
    </message>
    <message>
        <source>A report is about 1 to 100 polygons. Choose or select fewer of them, or one.</source>
        <translation>Een rapport gaat over 1 tot 100 vlakken. Kies of selecteer er minder, of één.</translation>
    </message>
    <message>
        <source>Analysis {task} still runs on the portal. Fetch its results later by its number.</source>
        <translation>Analyse {task} loopt nog op het portaal. Haal de resultaten later op met haar nummer.</translation>
    </message>
    <message>
        <source>This portal offers no analyses at the moment. Many can be done in QGIS itself; see the user guide.</source>
        <translation>Dit portaal biedt momenteel geen analyses aan. Veel ervan kan in QGIS zelf; zie de handleiding.</translation>
    </message>
    <message>
        <source>A watch takes at most 2,000 polygons. Select some of them.</source>
        <translation>Een bewaking neemt hoogstens 2.000 vlakken. Selecteer er enkele.</translation>
    </message>
    <message>
        <source>There is no address of this portal&apos;s map on the clipboard. Copy it from the browser&apos;s address bar, and try again.</source>
        <translation>Op het klembord staat geen adres van de kaart van dit portaal. Kopieer het uit de adresbalk van de browser en probeer opnieuw.</translation>
    </message>
    <message>
        <source>The portal could not carry out analysis {task}: {why}.</source>
        <translation>Het portaal kon analyse {task} niet uitvoeren: {why}.</translation>
    </message>
    <message>
        <source>coordinate system</source>
        <translation>coördinatensysteem</translation>
    </message>
</context>
<context>
    <name>Metadata</name>
    <message>
        <source>en</source>
        <translation>nl</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portaal</translation>
    </message>
    <message>
        <source>Holds exact places of sensitive species: keep it safe, do not pass it on, publish no exact place.</source>
        <translation>Bevat exacte plaatsen van gevoelige soorten: bewaar dit veilig, geef het niet door, publiceer geen exacte plaats.</translation>
    </message>
    <message>
        <source>Downloaded on {day} from {portal}, job {job}.</source>
        <translation>Gedownload op {day} van {portal}, opdracht {job}.</translation>
    </message>
    <message>
        <source>Positions transformed from WGS 84 to {crs} by: {how}.</source>
        <translation>Posities van WGS 84 naar {crs} omgezet met: {how}.</translation>
    </message>
    <message>
        <source>The portal announced {announced} observations and sent {received}.</source>
        <translation>Het portaal kondigde {announced} waarnemingen aan en stuurde er {received}.</translation>
    </message>
</context>
<context>
    <name>MyNotifications</name>
    <message>
        <source>My notifications</source>
        <translation>Mijn meldingen</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Meldingen</translation>
    </message>
    <message>
        <source>alerts,e-mail,subscriptions,new observations</source>
        <translation>meldingen,e-mail,abonnementen,nieuwe waarnemingen</translation>
    </message>
    <message>
        <source>Number of notifications</source>
        <translation>Aantal meldingen</translation>
    </message>
    <message>
        <source>You have not used notifications yet: begin in the portal&apos;s panel.</source>
        <translation>U gebruikte nog geen meldingen: begin in het paneel van het portaal.</translation>
    </message>
</context>
<context>
    <name>NameModel</name>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Accepted name</source>
        <translation>Aanvaarde naam</translation>
    </message>
    <message>
        <source>Dutch name</source>
        <translation>Nederlandse naam</translation>
    </message>
    <message>
        <source>only {rank} is known</source>
        <translation>alleen {rank} is bekend</translation>
    </message>
    <message>
        <source>a higher taxon</source>
        <translation>een hoger taxon</translation>
    </message>
    <message>
        <source>a name used twice: give the kingdom</source>
        <translation>naam bestaat twee keer: geef het rijk op</translation>
    </message>
    <message>
        <source>in another kingdom: {kingdom}</source>
        <translation>in een ander rijk: {kingdom}</translation>
    </message>
    <message>
        <source>twice in the list</source>
        <translation>twee keer in de lijst</translation>
    </message>
    <message>
        <source>a synonym</source>
        <translation>een synoniem</translation>
    </message>
    <message>
        <source>species of the subspecies</source>
        <translation>soort van de ondersoort</translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>door u gekozen</translation>
    </message>
    <message>
        <source>unknown to the portal</source>
        <translation>onbekend voor het portaal</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Herkenning</translation>
    </message>
    <message>
        <source>looks like it ({percent} %)</source>
        <translation>lijkt erop ({percent} %)</translation>
    </message>
    <message>
        <source>the same name</source>
        <translation>dezelfde naam</translation>
    </message>
    <message>
        <source>the same name, but for its author</source>
        <translation>dezelfde naam, op de auteur na</translation>
    </message>
    <message>
        <source>by its Dutch name</source>
        <translation>op Nederlandse naam</translation>
    </message>
    <message>
        <source>by its number</source>
        <translation>op nummer</translation>
    </message>
</context>
<context>
    <name>NewsMarks</name>
    <message>
        <source>Count new observations</source>
        <translation>Nieuwe waarnemingen tellen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Vernieuwen</translation>
    </message>
    <message>
        <source>Biodiversity Portal</source>
        <translation>Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Click to download it again beside this file.</source>
        <translation>Klik om opnieuw te downloaden, naast dit bestand.</translation>
    </message>
    <message>
        <source>Nothing new since {day}.</source>
        <translation>Niets nieuws sinds {day}.</translation>
    </message>
    <message>
        <source>{n} new since {day}.</source>
        <translation>{n} nieuw sinds {day}.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Sign In</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Opnieuw proberen</translation>
    </message>
    <message>
        <source>Show Log</source>
        <translation>Logboek tonen</translation>
    </message>
    <message>
        <source>The browser could not be opened. Open this page yourself: {url}</source>
        <translation>De browser kon niet geopend worden. Open deze pagina zelf: {url}</translation>
    </message>
</context>
<context>
    <name>OccurrencePanel</name>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>Downloaden…</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soorten</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Gebied</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Telt…</translation>
    </message>
    <message>
        <source>Sign In and Download…</source>
        <translation>Aanmelden en downloaden…</translation>
    </message>
    <message>
        <source>Is This Good Enough?</source>
        <translation>Is dit goed genoeg?</translation>
    </message>
    <message>
        <source>Species list</source>
        <translation>Soortenlijst</translation>
    </message>
    <message>
        <source>Notify Me…</source>
        <translation>Meld mij…</translation>
    </message>
    <message>
        <source>Hear of new observations that answer this question</source>
        <translation>Krijg bericht van nieuwe waarnemingen die op deze vraag antwoorden</translation>
    </message>
    <message>
        <source>Show on Map</source>
        <translation>Toon op kaart</translation>
    </message>
    <message>
        <source>Add a layer that the portal draws; nothing is downloaded</source>
        <translation>Voegt een laag toe die het portaal tekent; er wordt niets gedownload</translation>
    </message>
    <message>
        <source>Species in This Area</source>
        <translation>Soorten in dit gebied</translation>
    </message>
    <message>
        <source>Add a table of the species found, with their official lists</source>
        <translation>Voeg een tabel toe van de gevonden soorten, met hun officiële lijsten</translation>
    </message>
</context>
<context>
    <name>OccurrenceSection</name>
    <message>
        <source>Count the observations</source>
        <translation>Waarnemingen tellen</translation>
    </message>
    <message>
        <source>Judge the observations</source>
        <translation>Waarnemingen beoordelen</translation>
    </message>
    <message>
        <source>Find the observations on the map</source>
        <translation>Waarnemingen op de kaart zoeken</translation>
    </message>
    <message>
        <source>Zoom to Them</source>
        <translation>Zoom ernaar</translation>
    </message>
    <message>
        <source>Search All of Flanders</source>
        <translation>In heel Vlaanderen zoeken</translation>
    </message>
    <message>
        <source>Search the Whole Portal</source>
        <translation>In het hele portaal zoeken</translation>
    </message>
    <message>
        <source>Leave the Profile Out</source>
        <translation>Zonder profiel zoeken</translation>
    </message>
    <message>
        <source>Clear the Filters</source>
        <translation>Filters wissen</translation>
    </message>
    <message>
        <source>Drop This Filter</source>
        <translation>Dit filter laten vallen</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <source>Biodiversity Portal</source>
        <translation>Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>the portal&apos;s own</source>
        <translation>die van het portaal zelf</translation>
    </message>
    <message>
        <source>Stay signed in on this computer</source>
        <translation>Op deze computer aangemeld blijven</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portaal</translation>
    </message>
    <message>
        <source>Address of the portal</source>
        <translation>Adres van het portaal</translation>
    </message>
    <message>
        <source>Address for signing in (issuer)</source>
        <translation>Adres om aan te melden (issuer)</translation>
    </message>
    <message>
        <source>Address of name matching</source>
        <translation>Adres van de naamherkenning</translation>
    </message>
    <message>
        <source>Client id of QGIS</source>
        <translation>Client-id van QGIS</translation>
    </message>
    <message>
        <source>This portal has not registered QGIS for signing in, as far as we know. What is open to everyone works. If your administrator gave you a client id, type it here.</source>
        <translation>Voor zover wij weten heeft dit portaal QGIS nog niet geregistreerd om aan te melden. Wat voor iedereen open is, werkt. Kreeg u van uw beheerder een client-id, typ die dan hier.</translation>
    </message>
    <message>
        <source>The proof of your sign-in is then kept in {keyring}, and nowhere else. Without it you sign in each time that QGIS starts.</source>
        <translation>Het bewijs van uw aanmelding wordt dan bewaard in {keyring}, en nergens anders. Anders meldt u zich aan telkens als QGIS start.</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>An address begins with https:// (http:// for this computer alone).</source>
        <translation>Een adres begint met https:// (http:// alleen voor deze computer).</translation>
    </message>
    <message>
        <source>Type the address of the portal.</source>
        <translation>Typ het adres van het portaal.</translation>
    </message>
    <message>
        <source>Another portal</source>
        <translation>Een ander portaal</translation>
    </message>
    <message>
        <source>the portal</source>
        <translation>het portaal</translation>
    </message>
    <message>
        <source>acceptance</source>
        <translation>acceptatie</translation>
    </message>
    <message>
        <source>development</source>
        <translation>ontwikkeling</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>op deze computer</translation>
    </message>
</context>
<context>
    <name>PeriodField</name>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>Vanaf dag</translation>
    </message>
    <message>
        <source>Up to day</source>
        <translation>Tot en met dag</translation>
    </message>
    <message>
        <source>Months and days</source>
        <translation>Maanden en dagen</translation>
    </message>
    <message>
        <source>all years</source>
        <translation>alle jaren</translation>
    </message>
    <message>
        <source>whole year</source>
        <translation>hele jaar</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>geen grens</translation>
    </message>
</context>
<context>
    <name>PersonWatch</name>
    <message>
        <source>Forget what was seen</source>
        <translation>Vergeten wat te zien was</translation>
    </message>
    <message>
        <source>Open layers again</source>
        <translation>Lagen opnieuw openen</translation>
    </message>
</context>
<context>
    <name>PictureAlbum</name>
    <message>
        <source>Fetch pictures</source>
        <translation>Foto's ophalen</translation>
    </message>
</context>
<context>
    <name>PlacePage</name>
    <message>
        <source>Place</source>
        <translation>Plaats</translation>
    </message>
    <message>
        <source>name, or coordinates such as 51.05, 3.72</source>
        <translation>naam, of coördinaten zoals 51.05, 3.72</translation>
    </message>
    <message>
        <source>Click the place on the map</source>
        <translation>Klik de plaats aan op de kaart</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>Straal</translation>
    </message>
</context>
<context>
    <name>PolygonPage</name>
    <message>
        <source>Search areas of the portal</source>
        <translation>Gebieden van het portaal zoeken</translation>
    </message>
    <message>
        <source>Fetch areas as polygons</source>
        <translation>Gebieden als vlakken ophalen</translation>
    </message>
    <message>
        <source>The shapes are being fetched…</source>
        <translation>De vormen worden opgehaald…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>{n} areas of the portal</source>
        <translation>{n} gebieden van het portaal</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>“{name}” is on the map. Polygons: {n}.</source>
        <translation>“{name}” staat op de kaart. Vlakken: {n}.</translation>
    </message>
    <message>
        <source>The fetching was stopped; nothing was added.</source>
        <translation>Het ophalen is gestopt; er is niets toegevoegd.</translation>
    </message>
</context>
<context>
    <name>PortalAlgorithm</name>
    <message>
        <source>Not everything could be written to {file}: the disk may be full. Do not use what is in it; make room, or choose another place.</source>
        <translation>Niet alles kon in {file} worden geschreven: misschien is de schijf vol. Gebruik niet wat erin staat; maak plaats, of kies een andere plek.</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>Geographic portal</source>
        <translation>Geografisch portaal</translation>
    </message>
    <message>
        <source>Species lists</source>
        <translation>Soortenlijsten</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Meldingen</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
</context>
<context>
    <name>PortalAreas</name>
    <message>
        <source>Portal areas</source>
        <translation>Portaalgebieden</translation>
    </message>
    <message>
        <source>gazetteer,municipality,regions,polygons</source>
        <translation>plaatsnamen,gemeente,gebieden,vlakken</translation>
    </message>
    <message>
        <source>Layer: its id or its name</source>
        <translation>Laag: haar id of haar naam</translation>
    </message>
    <message>
        <source>Names of areas, ;-separated; empty for all of the layer</source>
        <translation>Namen van gebieden, gescheiden door ;; leeg voor alle van de laag</translation>
    </message>
    <message>
        <source>Or ids of areas, ;-separated</source>
        <translation>Of ids van gebieden, gescheiden door ;</translation>
    </message>
    <message>
        <source>Merge into one area</source>
        <translation>Samenvoegen tot één gebied</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>Number of areas</source>
        <translation>Aantal gebieden</translation>
    </message>
</context>
<context>
    <name>PortalDock</name>
    <message>
        <source>Biodiversity Portal</source>
        <translation>Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Lagen</translation>
    </message>
    <message>
        <source>My Lists</source>
        <translation>Mijn lijsten</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Meldingen</translation>
    </message>
</context>
<context>
    <name>PortalLayers</name>
    <message>
        <source>Portal layers</source>
        <translation>Portaallagen</translation>
    </message>
    <message>
        <source>catalogue,wms,layers</source>
        <translation>catalogus,wms,lagen</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Woorden</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Soort laag</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>contextual</source>
        <translation>contextueel</translation>
    </message>
    <message>
        <source>environmental</source>
        <translation>omgeving</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Lagen</translation>
    </message>
    <message>
        <source>Number of layers</source>
        <translation>Aantal lagen</translation>
    </message>
</context>
<context>
    <name>PortalProvider</name>
    <message>
        <source>Flemish Biodiversity Portal</source>
        <translation>Vlaams Biodiversiteitsportaal</translation>
    </message>
</context>
<context>
    <name>PortalTest</name>
    <message>
        <source>Does it answer?</source>
        <translation>Antwoordt het portaal?</translation>
    </message>
    <message>
        <source>Test This Portal</source>
        <translation>Dit portaal testen</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwoord</translation>
    </message>
    <message>
        <source>What the services answer</source>
        <translation>Wat de diensten antwoorden</translation>
    </message>
    <message>
        <source>Asking {portal}…</source>
        <translation>Vraagt het aan {portal}…</translation>
    </message>
    <message>
        <source>Test a portal</source>
        <translation>Een portaal testen</translation>
    </message>
    <message>
        <source>answers, in {seconds} s</source>
        <translation>antwoordt, in {seconds} s</translation>
    </message>
    <message>
        <source>{good} of {all} services answer.</source>
        <translation>{good} van de {all} diensten antwoorden.</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>Names of species</source>
        <translation>Soortnamen</translation>
    </message>
    <message>
        <source>Name matching</source>
        <translation>Naamherkenning</translation>
    </message>
    <message>
        <source>Layers and areas</source>
        <translation>Lagen en gebieden</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>Kaarten</translation>
    </message>
    <message>
        <source>Species lists</source>
        <translation>Soortenlijsten</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Meldingen</translation>
    </message>
    <message>
        <source>Datasets</source>
        <translation>Datasets</translation>
    </message>
    <message>
        <source>Quality profiles</source>
        <translation>Kwaliteitsprofielen</translation>
    </message>
</context>
<context>
    <name>PreviewDesk</name>
    <message>
        <source>Draw the observations</source>
        <translation>De waarnemingen tekenen</translation>
    </message>
    <message>
        <source>Draw the observations anew</source>
        <translation>De waarnemingen opnieuw tekenen</translation>
    </message>
    <message>
        <source>Observations on the map</source>
        <translation>Waarnemingen op kaart</translation>
    </message>
    <message>
        <source>Read the quality profiles</source>
        <translation>De kwaliteitsprofielen lezen</translation>
    </message>
    <message>
        <source>This layer is of another portal than the one in use.</source>
        <translation>Deze laag is van een ander portaal dan wat u nu gebruikt.</translation>
    </message>
    <message>
        <source>{asked}: map by the portal (not signed in)</source>
        <translation>{asked}: kaartbeeld van het portaal (niet aangemeld)</translation>
    </message>
    <message>
        <source>{asked}: map by the portal ({name})</source>
        <translation>{asked}: kaartbeeld van het portaal ({name})</translation>
    </message>
</context>
<context>
    <name>PreviewIdentify</name>
    <message>
        <source>Look up the observations</source>
        <translation>De waarnemingen opzoeken</translation>
    </message>
    <message>
        <source>Observations on the map</source>
        <translation>Waarnemingen op kaart</translation>
    </message>
</context>
<context>
    <name>PreviewSwitches</name>
    <message>
        <source>Dots</source>
        <translation>Stippen</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Hexagons</source>
        <translation>Zeshoeken</translation>
    </message>
    <message>
        <source>One colour</source>
        <translation>Eén kleur</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jaar</translation>
    </message>
    <message>
        <source>Species group</source>
        <translation>Soortengroep</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <translation>Soort bron</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Dataset</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validatie</translation>
    </message>
    <message>
        <source>First year</source>
        <translation>Eerste jaar</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>Laatste jaar</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Draw as</source>
        <translation>Tekenen als</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Kleuren volgens</translation>
    </message>
    <message>
        <source>Years</source>
        <translation>Jaren</translation>
    </message>
    <message>
        <source>Look of the observations</source>
        <translation>Uitzicht van de waarnemingen</translation>
    </message>
    <message>
        <source>Click for Records</source>
        <translation>Klikken voor waarnemingen</translation>
    </message>
    <message>
        <source>Then click on the map to see its observations; Esc ends</source>
        <translation>Klik daarna op de kaart om haar waarnemingen te zien; Esc stopt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>geen</translation>
    </message>
    <message>
        <source>Quality profile</source>
        <translation>Kwaliteitsprofiel</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Kwaliteit</translation>
    </message>
    <message>
        <source>… and {n} more</source>
        <translation>… en nog {n}</translation>
    </message>
    <message>
        <source>others</source>
        <translation>andere</translation>
    </message>
</context>
<context>
    <name>PublishableCopy</name>
    <message>
        <source>Copy for publication: {changed} sensitive observations stand in the middle of a square of {cell} m in Belgian Lambert 72; {kept} others are as they were.</source>
        <translation>Kopie om te publiceren: {changed} gevoelige waarnemingen staan in het midden van een hok van {cell} m in Belgische Lambert 72; {kept} andere zijn zoals ze waren.</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portaal</translation>
    </message>
    <message>
        <source>Made from the download of {day}, job {job}.</source>
        <translation>Gemaakt van de download van {day}, taak {job}.</translation>
    </message>
    <message>
        <source>Sensitive positions set to the middle of a square of {cell} m; the uncertainty raised by {metres} m; every column emptied that might tell the place.</source>
        <translation>Gevoelige posities in het midden van een hok van {cell} m gezet; de onzekerheid met {metres} m verhoogd; elke kolom leeggemaakt die de plaats zou kunnen verraden.</translation>
    </message>
    <message>
        <source>Sensitive positions set to the middle of a square of {cell} m; the uncertainty raised by {metres} m; coordinates, place names and ids emptied.</source>
        <translation>Gevoelige posities in het midden van een hok van {cell} m gezet; de onzekerheid met {metres} m verhoogd; coördinaten, plaatsnamen en nummers leeggemaakt.</translation>
    </message>
    <message>
        <source>Middle of a square of {cell} m in Belgian Lambert 72</source>
        <translation>Midden van een hok van {cell} m in Belgische Lambert 72</translation>
    </message>
    <message>
        <source>Publishable copy</source>
        <translation>Publiceerbare kopie</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>sensitive,blur,generalise,share,publish,high resolution</source>
        <translation>gevoelig,vervagen,vergroven,delen,publiceren,hoge resolutie</translation>
    </message>
    <message>
        <source>Side of the squares (m)</source>
        <translation>Zijde van de hokken (m)</translation>
    </message>
    <message>
        <source>Empty all columns that might tell the place of a sensitive species</source>
        <translation>Alle kolommen leegmaken die de plaats van een gevoelige soort kunnen verraden</translation>
    </message>
    <message>
        <source>Number of observations made coarse</source>
        <translation>Aantal vergroofde waarnemingen</translation>
    </message>
    <message>
        <source>{changed} of {total} observations were made coarse.</source>
        <translation>{changed} van {total} waarnemingen zijn vergroofd.</translation>
    </message>
    <message>
        <source>The layer does not tell which observations are sensitive (it has no column occurrenceID), so all of them were made coarse.</source>
        <translation>De laag zegt niet welke waarnemingen gevoelig zijn (ze heeft geen kolom occurrenceID), dus zijn ze allemaal vergroofd.</translation>
    </message>
</context>
<context>
    <name>QualityGroup</name>
    <message>
        <source>Quality</source>
        <translation>Kwaliteit</translation>
    </message>
    <message>
        <source>Quality profile</source>
        <translation>Kwaliteitsprofiel</translation>
    </message>
    <message>
        <source>none</source>
        <translation>geen</translation>
    </message>
    <message>
        <source>any</source>
        <translation>om het even</translation>
    </message>
    <message>
        <source>Uncertainty at most</source>
        <translation>Onzekerheid hoogstens</translation>
    </message>
    <message>
        <source>Validated records only</source>
        <translation>Alleen gevalideerde waarnemingen</translation>
    </message>
    <message>
        <source>Include absences</source>
        <translation>Ook afwezigheden</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profiel</translation>
    </message>
    <message>
        <source>adjusted</source>
        <translation>aangepast</translation>
    </message>
    <message>
        <source>validated</source>
        <translation>gevalideerd</translation>
    </message>
    <message>
        <source>with absences</source>
        <translation>met afwezigheden</translation>
    </message>
</context>
<context>
    <name>QueryBar</name>
    <message>
        <source>Remove</source>
        <translation>Verwijderen</translation>
    </message>
    <message>
        <source>Paste a Portal Address…</source>
        <translation>Portaaladres plakken…</translation>
    </message>
    <message>
        <source>Copy as Portal Address</source>
        <translation>Kopiëren als portaaladres</translation>
    </message>
    <message>
        <source>Clear All</source>
        <translation>Alles wissen</translation>
    </message>
    <message>
        <source>What are you looking for?</source>
        <translation>Wat zoekt u?</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Opnieuw vragen</translation>
    </message>
    <message>
        <source>Saved questions of this project</source>
        <translation>Bewaarde vragen van dit project</translation>
    </message>
    <message>
        <source>Portal address, clear all</source>
        <translation>Portaaladres, alles wissen</translation>
    </message>
    <message>
        <source>Save This Question…</source>
        <translation>Deze vraag bewaren…</translation>
    </message>
    <message>
        <source>Name of the question</source>
        <translation>Naam van de vraag</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Bewaren</translation>
    </message>
    <message>
        <source>Address of a search on the portal</source>
        <translation>Adres van een zoekvraag op het portaal</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Gebruiken</translation>
    </message>
</context>
<context>
    <name>QueryDesk</name>
    <message>
        <source>Open a question</source>
        <translation>Vraag openen</translation>
    </message>
    <message>
        <source>Make a portal address</source>
        <translation>Portaaladres maken</translation>
    </message>
    <message>
        <source>Read a species list</source>
        <translation>Soortenlijst lezen</translation>
    </message>
    <message>
        <source>“{name}” is kept in the project; save the project to keep it for good.</source>
        <translation>“{name}” zit in het project; bewaar het project om ze te houden.</translation>
    </message>
    <message>
        <source>“{name}” was removed from the project.</source>
        <translation>“{name}” is uit het project verwijderd.</translation>
    </message>
    <message>
        <source>The address is on the clipboard.</source>
        <translation>Het adres staat op het klembord.</translation>
    </message>
    <message>
        <source>The question is not complete, or still being counted.</source>
        <translation>De vraag is niet volledig, of wordt nog geteld.</translation>
    </message>
</context>
<context>
    <name>RecordCard</name>
    <message>
        <source>Blurred: the exact place is not shown.</source>
        <translation>Vervaagd: de exacte plaats wordt niet getoond.</translation>
    </message>
    <message>
        <source>Exact place of a sensitive species.</source>
        <translation>Exacte plaats van een gevoelige soort.</translation>
    </message>
    <message>
        <source>Open in the portal</source>
        <translation>Openen in het portaal</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Municipality</source>
        <translation>Gemeente</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>Onzekerheid</translation>
    </message>
    <message>
        <source>Observer</source>
        <translation>Waarnemer</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Aantal</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Dataset</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validatie</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Opmerkingen</translation>
    </message>
</context>
<context>
    <name>RecordCards</name>
    <message>
        <source>Observations Here</source>
        <translation>Waarnemingen hier</translation>
    </message>
    <message>
        <source>Observations here</source>
        <translation>Waarnemingen hier</translation>
    </message>
    <message>
        <source>Nothing here. Zoom in and click on a dot.</source>
        <translation>Hier is niets. Zoom in en klik op een stip.</translation>
    </message>
    <message>
        <source>{shown} of {total} observations here</source>
        <translation>{shown} van {total} waarnemingen hier</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Municipality</source>
        <translation>Gemeente</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>Onzekerheid</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>Dataset</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validatie</translation>
    </message>
    <message>
        <source>Quality remarks</source>
        <translation>Kwaliteitsopmerkingen</translation>
    </message>
    <message>
        <source>Observer</source>
        <translation>Waarnemer</translation>
    </message>
    <message>
        <source>Sensitive</source>
        <translation>Gevoelig</translation>
    </message>
    <message>
        <source>Open in Portal</source>
        <translation>Openen in het portaal</translation>
    </message>
</context>
<context>
    <name>RegionPage</name>
    <message>
        <source>Area of the portal</source>
        <translation>Gebied van het portaal</translation>
    </message>
    <message>
        <source>municipality, province, nature area…</source>
        <translation>gemeente, provincie, natuurgebied…</translation>
    </message>
    <message>
        <source>all species</source>
        <translation>alle soorten</translation>
    </message>
    <message>
        <source>one species</source>
        <translation>één soort</translation>
    </message>
    <message>
        <source>a group</source>
        <translation>een groep</translation>
    </message>
    <message>
        <source>Group of species</source>
        <translation>Soortengroep</translation>
    </message>
    <message>
        <source>Observations of</source>
        <translation>Waarnemingen van</translation>
    </message>
    <message>
        <source>The portal knows no area called “{name}”.</source>
        <translation>Het portaal kent geen gebied met de naam “{name}”.</translation>
    </message>
</context>
<context>
    <name>RepeatDownload</name>
    <message>
        <source>Repeat download</source>
        <translation>Download herhalen</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>update,refresh,diff,new records</source>
        <translation>bijwerken,vernieuwen,verschil,nieuwe records</translation>
    </message>
    <message>
        <source>Downloaded file, or its manifest</source>
        <translation>Gedownload bestand, of het manifest ervan</translation>
    </message>
    <message>
        <source>Reason for the download</source>
        <translation>Reden van de download</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Verschillen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nieuw</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Gewijzigd</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Verdwenen</translation>
    </message>
    <message>
        <source>{added} new, {changed} changed, {removed} removed.</source>
        <translation>{added} nieuw, {changed} gewijzigd, {removed} verdwenen.</translation>
    </message>
    <message>
        <source>{n} cells were edited here and changed on the portal; yours are kept.</source>
        <translation>{n} cellen werden hier bewerkt en op het portaal gewijzigd; de uwe blijven staan.</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Layer with the polygons</source>
        <translation>Laag met de vlakken</translation>
    </message>
    <message>
        <source>Field with the names</source>
        <translation>Veld met de namen</translation>
    </message>
    <message>
        <source>Make Report</source>
        <translation>Rapport maken</translation>
    </message>
    <message>
        <source>Progress of the report</source>
        <translation>Voortgang van het rapport</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Add as Table</source>
        <translation>Als tabel toevoegen</translation>
    </message>
    <message>
        <source>The polygons with their numbers, and a table of all details</source>
        <translation>De vlakken met hun cijfers, en een tabel met alle details</translation>
    </message>
    <message>
        <source>Print Layout…</source>
        <translation>Afdruklay-out…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Bewaren als PDF…</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Gebied</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soorten</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Gebieden</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Vlakken</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Obs.</source>
        <translation>Waarn.</translation>
    </message>
</context>
<context>
    <name>RunAnalysis</name>
    <message>
        <source>Run analysis on the portal</source>
        <translation>Analyse op het portaal uitvoeren</translation>
    </message>
    <message>
        <source>maxent,prediction,classification,aoo,eoo,scatterplot,server</source>
        <translation>maxent,voorspelling,classificatie,aoo,eoo,spreidingsdiagram,server</translation>
    </message>
    <message>
        <source>Or number of an earlier analysis, to fetch its results</source>
        <translation>Of nummer van een eerdere analyse, om de resultaten op te halen</translation>
    </message>
    <message>
        <source>Analysis, for example AooEoo</source>
        <translation>Analyse, bijvoorbeeld AooEoo</translation>
    </message>
    <message>
        <source>Inputs, as JSON</source>
        <translation>Invoer, als JSON</translation>
    </message>
    <message>
        <source>Polygons, instead of a portal area in the inputs</source>
        <translation>Vlakken, in plaats van een portaalgebied in de invoer</translation>
    </message>
    <message>
        <source>I agree that everybody can see my polygons while the analysis runs</source>
        <translation>Ik ga ermee akkoord dat iedereen mijn vlakken kan zien terwijl de analyse loopt</translation>
    </message>
    <message>
        <source>Wait for the portal at most (s)</source>
        <translation>Hoogstens op het portaal wachten (s)</translation>
    </message>
    <message>
        <source>Folder for the results</source>
        <translation>Map voor de resultaten</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Lagen</translation>
    </message>
    <message>
        <source>Number of the analysis</source>
        <translation>Nummer van de analyse</translation>
    </message>
    <message>
        <source>Report: {address}</source>
        <translation>Verslag: {address}</translation>
    </message>
    <message>
        <source>Observations: {address}</source>
        <translation>Waarnemingen: {address}</translation>
    </message>
    <message>
        <source>The portal has lost “{name}”; the rest was fetched.</source>
        <translation>Het portaal is “{name}” kwijt; de rest is opgehaald.</translation>
    </message>
</context>
<context>
    <name>SampleLayers</name>
    <message>
        <source>Sample portal layers</source>
        <translation>Portaallagen bemonsteren</translation>
    </message>
    <message>
        <source>sampling,intersect,environment,values at points</source>
        <translation>bemonsteren,doorsnede,milieu,waarden op punten</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punten</translation>
    </message>
    <message>
        <source>Ids of layers, for example cl100;el10110</source>
        <translation>Ids van lagen, bijvoorbeeld cl100;el10110</translation>
    </message>
    <message>
        <source>Points with values</source>
        <translation>Punten met waarden</translation>
    </message>
    <message>
        <source>Number of points</source>
        <translation>Aantal punten</translation>
    </message>
    <message>
        <source>Ids that do not exist</source>
        <translation>Ids die niet bestaan</translation>
    </message>
    <message>
        <source>The portal knows no layer {id}.</source>
        <translation>Het portaal kent geen laag {id}.</translation>
    </message>
    <message>
        <source>There is nothing of {title} ({id}) at these points.</source>
        <translation>Op deze punten is er niets van {title} ({id}).</translation>
    </message>
    <message>
        <source>The portal left {title} ({id}) empty though it has values here, and its areas are too large to be fetched. Do not rely on this column.</source>
        <translation>Het portaal liet {title} ({id}) leeg hoewel er hier waarden zijn, en de gebieden zijn te groot om op te halen. Vertrouw niet op deze kolom.</translation>
    </message>
    <message>
        <source>{title} ({id}) was looked up in another way.</source>
        <translation>{title} ({id}) is op een andere manier opgezocht.</translation>
    </message>
    <message>
        <source>{n} features have no point and get no value.</source>
        <translation>{n} objecten hebben geen punt en krijgen geen waarde.</translation>
    </message>
</context>
<context>
    <name>SaveSpeciesList</name>
    <message>
        <source>Save species list</source>
        <translation>Soortenlijst bewaren</translation>
    </message>
    <message>
        <source>species,list,upload,publish</source>
        <translation>soort,lijst,opladen,publiceren</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Field with the names</source>
        <translation>Veld met de namen</translation>
    </message>
    <message>
        <source>Fields to keep as values</source>
        <translation>Velden om als waarde te bewaren</translation>
    </message>
    <message>
        <source>What to make of it</source>
        <translation>Wat ervan te maken</translation>
    </message>
    <message>
        <source>Make a new list</source>
        <translation>Een nieuwe lijst maken</translation>
    </message>
    <message>
        <source>Replace a list</source>
        <translation>Een lijst vervangen</translation>
    </message>
    <message>
        <source>Add to a list</source>
        <translation>Toevoegen aan een lijst</translation>
    </message>
    <message>
        <source>Name of the new list</source>
        <translation>Naam van de nieuwe lijst</translation>
    </message>
    <message>
        <source>List to replace or add to (dr…)</source>
        <translation>Lijst om te vervangen of aan te vullen (dr…)</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privé</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschrijving</translation>
    </message>
    <message>
        <source>Names unknown to the portal</source>
        <translation>Namen die het portaal niet kent</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Lijst</translation>
    </message>
    <message>
        <source>Names the portal knows</source>
        <translation>Namen die het portaal kent</translation>
    </message>
    <message>
        <source>The list is mine</source>
        <translation>De lijst is van mij</translation>
    </message>
</context>
<context>
    <name>SavedList</name>
    <message>
        <source>The portal&apos;s answer got lost, but the list is complete there.</source>
        <translation>Het antwoord van het portaal ging verloren, maar de lijst staat er volledig.</translation>
    </message>
    <message>
        <source>Unknown to the portal ({n}): {names}.</source>
        <translation>Onbekend voor het portaal ({n}): {names}.</translation>
    </message>
    <message>
        <source>The portal took these for another species ({n}): {names}.</source>
        <translation>Het portaal herkende hierin een andere soort ({n}): {names}.</translation>
    </message>
    <message>
        <source>The portal did not note you as its owner. Tell the help desk of the portal the number {druid}: you cannot change this list, and others might.</source>
        <translation>Het portaal noteerde u niet als eigenaar. Meld de helpdesk van het portaal het nummer {druid}: u kunt deze lijst niet wijzigen, anderen misschien wel.</translation>
    </message>
    <message>
        <source>It is public, though it was to be private. Change that on the portal.</source>
        <translation>Ze is openbaar, hoewel ze privé moest zijn. Wijzig dat op het portaal.</translation>
    </message>
    <message>
        <source>Whose it is, and who sees it, could not be checked just now.</source>
        <translation>Van wie ze is en wie ze ziet, kon nu niet nagegaan worden.</translation>
    </message>
    <message>
        <source>{n} names were added to “{name}”.</source>
        <translation>{n} namen werden toegevoegd aan “{name}”.</translation>
    </message>
    <message>
        <source>“{name}” now has {n} names on the portal.</source>
        <translation>“{name}” heeft nu {n} namen op het portaal.</translation>
    </message>
    <message>
        <source>“{name}” is on the portal with {n} names; only you see it.</source>
        <translation>“{name}” staat op het portaal met {n} namen; alleen u ziet ze.</translation>
    </message>
    <message>
        <source>“{name}” is on the portal with {n} names.</source>
        <translation>“{name}” staat op het portaal met {n} namen.</translation>
    </message>
</context>
<context>
    <name>SearchObservations</name>
    <message>
        <source>Search observations</source>
        <translation>Waarnemingen zoeken</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>occurrences,species,records,search,points</source>
        <translation>waarnemingen,soorten,records,zoeken,punten</translation>
    </message>
    <message>
        <source>Records at most</source>
        <translation>Waarnemingen hoogstens</translation>
    </message>
    <message>
        <source>Number of points and rows</source>
        <translation>Aantal punten en rijen</translation>
    </message>
    <message>
        <source>Number on the portal</source>
        <translation>Aantal op het portaal</translation>
    </message>
    <message>
        <source>Only the first {n} are read; the portal shows at most {most} by a search. Use “Download observations” for all of them.</source>
        <translation>Alleen de eerste {n} zijn gelezen; het portaal toont er hoogstens {most} per zoekvraag. Gebruik “Waarnemingen downloaden” voor allemaal.</translation>
    </message>
</context>
<context>
    <name>SensitiveGuard</name>
    <message>
        <source>A file made of “{layer}” holds exact places of sensitive species too. For others, make a publishable copy.</source>
        <translation>Een bestand dat u van “{layer}” maakt, bevat ook exacte plaatsen van gevoelige soorten. Maak voor anderen een publiceerbare kopie.</translation>
    </message>
    <message>
        <source>This project holds exact places of sensitive species ({layers}). Do not publish a map on which they can be read.</source>
        <translation>Dit project bevat exacte plaatsen van gevoelige soorten ({layers}). Publiceer geen kaart waarop ze af te lezen zijn.</translation>
    </message>
    <message>
        <source>This project holds exact places of sensitive species ({layers}). Whoever gets the project with its files sees them: do not pass it on.</source>
        <translation>Dit project bevat exacte plaatsen van gevoelige soorten ({layers}). Wie het project met zijn bestanden krijgt, ziet ze: geef het niet door.</translation>
    </message>
    <message>
        <source>Sensitive species</source>
        <translation>Gevoelige soorten</translation>
    </message>
    <message>
        <source>Make Publishable Copy…</source>
        <translation>Publiceerbare kopie maken…</translation>
    </message>
    <message>
        <source>What you copied from “{layer}” may hold exact places of sensitive species: what you paste it into needs the same care.</source>
        <translation>De kopie uit “{layer}” kan exacte plaatsen van gevoelige soorten bevatten: ga er even zorgvuldig mee om.</translation>
    </message>
    <message>
        <source>{file} holds exact places of sensitive species. Keep it as safe as the layer, and do not pass it on.</source>
        <translation>{file} bevat exacte plaatsen van gevoelige soorten. Bewaar het veilig en geef het niet door.</translation>
    </message>
</context>
<context>
    <name>ShowAccount</name>
    <message>
        <source>Show account</source>
        <translation>Account tonen</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>account,roles,who</source>
        <translation>account,rollen,wie</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Signed in until</source>
        <translation>Aangemeld tot</translation>
    </message>
    <message>
        <source>Nobody is signed in to {portal}.</source>
        <translation>Bij {portal} is niemand aangemeld.</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Sign in</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>login,account,oidc</source>
        <translation>aanmelden,account,oidc</translation>
    </message>
    <message>
        <source>Portal (empty means the one in the options)</source>
        <translation>Portaal (leeg betekent dat van de opties)</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Manier</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
    <message>
        <source>Code on another device</source>
        <translation>Code op een ander toestel</translation>
    </message>
    <message>
        <source>Wait at most (s)</source>
        <translation>Hoogstens wachten (s)</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>Aangemeld blijven</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>Bewaard in</translation>
    </message>
    <message>
        <source>Open {address} and enter the code {code}</source>
        <translation>Open {address} en geef de code {code} in</translation>
    </message>
    <message>
        <source>Continue in the browser.</source>
        <translation>Ga verder in de browser.</translation>
    </message>
    <message>
        <source>Of this sign-in nothing is left: {portal} is not the portal that you work with, and the keyring does not hold it.</source>
        <translation>Van deze aanmelding blijft niets over: {portal} is niet het portaal waarmee u werkt, en de sleutelbos bewaart ze niet.</translation>
    </message>
</context>
<context>
    <name>SignInController</name>
    <message>
        <source>Sign in to the biodiversity portal</source>
        <translation>Aanmelden bij het biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Sign in with a code</source>
        <translation>Aanmelden met een code</translation>
    </message>
    <message>
        <source>Resume the session</source>
        <translation>Sessie hervatten</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Afmelden</translation>
    </message>
    <message>
        <source>Renew the session</source>
        <translation>Sessie vernieuwen</translation>
    </message>
</context>
<context>
    <name>SignOut</name>
    <message>
        <source>Sign out</source>
        <translation>Afmelden</translation>
    </message>
    <message>
        <source>logout,account,oidc</source>
        <translation>afmelden,account,oidc</translation>
    </message>
    <message>
        <source>Revoked on the portal</source>
        <translation>Ingetrokken op het portaal</translation>
    </message>
</context>
<context>
    <name>SourceGroup</name>
    <message>
        <source>Datasets, licence, source</source>
        <translation>Datasets, licentie, bron</translation>
    </message>
    <message>
        <source>Datasets</source>
        <translation>Datasets</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licenties</translation>
    </message>
    <message>
        <source>Kind of source</source>
        <translation>Soort bron</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
</context>
<context>
    <name>SourceSelect</name>
    <message>
        <source>Biodiversity Portal</source>
        <translation>Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Layers of the Flemish Biodiversity Portal</source>
        <translation>Lagen van het Vlaams Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>“{title}” is on the map already.</source>
        <translation>“{title}” staat al op de kaart.</translation>
    </message>
</context>
<context>
    <name>Species</name>
    <message>
        <source>Group</source>
        <translation>Groep</translation>
    </message>
    <message>
        <source>Scientific name</source>
        <translation>Wetenschappelijke naam</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Naam</translation>
    </message>
    <message>
        <source>Taxon number</source>
        <translation>Taxonnummer</translation>
    </message>
    <message>
        <source>Kingdom</source>
        <translation>Rijk</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>First year</source>
        <translation>Eerste jaar</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>Laatste jaar</translation>
    </message>
    <message>
        <source>Official lists</source>
        <translation>Officiële lijsten</translation>
    </message>
    <message>
        <source>Red-list category</source>
        <translation>Rodelijstcategorie</translation>
    </message>
</context>
<context>
    <name>SpeciesDesk</name>
    <message>
        <source>List the species</source>
        <translation>De soorten opvragen</translation>
    </message>
    <message>
        <source>Listing the species: the portal is asked year by year…</source>
        <translation>De soorten worden opgevraagd, jaar per jaar…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Species {where}</source>
        <translation>Soorten {where}</translation>
    </message>
    <message>
        <source>{n} species {where}, {listed} of them on official lists.</source>
        <translation>{n} soorten {where}, waarvan {listed} op officiële lijsten.</translation>
    </message>
    <message>
        <source>Make a List of These</source>
        <translation>Maak er een lijst van</translation>
    </message>
</context>
<context>
    <name>SpeciesInArea</name>
    <message>
        <source>Species in area</source>
        <translation>Soorten in gebied</translation>
    </message>
    <message>
        <source>checklist,species,red list,richness</source>
        <translation>soortenlijst,soorten,rode lijst,soortenrijkdom</translation>
    </message>
    <message>
        <source>Per value of a field, for example municipality</source>
        <translation>Per waarde van een veld, bijvoorbeeld municipality</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soorten</translation>
    </message>
    <message>
        <source>Number of species</source>
        <translation>Aantal soorten</translation>
    </message>
</context>
<context>
    <name>SpeciesLists</name>
    <message>
        <source>List the species lists</source>
        <translation>Soortenlijsten opsommen</translation>
    </message>
    <message>
        <source>Species lists</source>
        <translation>Soortenlijsten</translation>
    </message>
    <message>
        <source>species,list,index,mine</source>
        <translation>soort,lijst,overzicht,mijn</translation>
    </message>
    <message>
        <source>Words in name or description</source>
        <translation>Woorden in naam of beschrijving</translation>
    </message>
    <message>
        <source>Only mine and shared with me</source>
        <translation>Alleen de mijne en met mij gedeelde</translation>
    </message>
    <message>
        <source>Number of lists</source>
        <translation>Aantal lijsten</translation>
    </message>
</context>
<context>
    <name>SquareAtlas</name>
    <message>
        <source>Square atlas</source>
        <translation>Hokkenatlas</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Waarnemingen</translation>
    </message>
    <message>
        <source>grid,utm,ifbl,atlas,squares,richness</source>
        <translation>raster,utm,ifbl,atlas,hokken,soortenrijkdom</translation>
    </message>
    <message>
        <source>squares of your own</source>
        <translation>eigen hokken</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Side of a square of your own (m)</source>
        <translation>Zijde van een eigen hok (m)</translation>
    </message>
    <message>
        <source>Squares</source>
        <translation>Hokken</translation>
    </message>
    <message>
        <source>Number of squares</source>
        <translation>Aantal hokken</translation>
    </message>
    <message>
        <source>{n} observations are less precise than these squares and were left out.</source>
        <translation>{n} waarnemingen zijn minder nauwkeurig dan deze hokken en zijn weggelaten.</translation>
    </message>
    <message>
        <source>{n} observations have no place in this grid.</source>
        <translation>{n} waarnemingen hebben geen plaats in dit raster.</translation>
    </message>
</context>
<context>
    <name>Styles</name>
    <message>
        <source>By species group</source>
        <translation>Per soortengroep</translation>
    </message>
    <message>
        <source>By year</source>
        <translation>Per jaar</translation>
    </message>
    <message>
        <source>By validation</source>
        <translation>Per validatie</translation>
    </message>
    <message>
        <source>By number of observations</source>
        <translation>Per aantal waarnemingen</translation>
    </message>
    <message>
        <source>birds</source>
        <translation>vogels</translation>
    </message>
    <message>
        <source>mammals</source>
        <translation>zoogdieren</translation>
    </message>
    <message>
        <source>amphibians</source>
        <translation>amfibieën</translation>
    </message>
    <message>
        <source>reptiles</source>
        <translation>reptielen</translation>
    </message>
    <message>
        <source>fishes</source>
        <translation>vissen</translation>
    </message>
    <message>
        <source>insects</source>
        <translation>insecten</translation>
    </message>
    <message>
        <source>other animals</source>
        <translation>andere dieren</translation>
    </message>
    <message>
        <source>mosses</source>
        <translation>mossen</translation>
    </message>
    <message>
        <source>plants</source>
        <translation>planten</translation>
    </message>
    <message>
        <source>fungi and lichens</source>
        <translation>schimmels en korstmossen</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>before {year}</source>
        <translation>vóór {year}</translation>
    </message>
    <message>
        <source>from {year} on</source>
        <translation>vanaf {year}</translation>
    </message>
    <message>
        <source>year unknown</source>
        <translation>jaar onbekend</translation>
    </message>
    <message>
        <source>validated</source>
        <translation>gevalideerd</translation>
    </message>
    <message>
        <source>probable</source>
        <translation>waarschijnlijk</translation>
    </message>
    <message>
        <source>not validated</source>
        <translation>niet gevalideerd</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>afgekeurd</translation>
    </message>
    <message>
        <source>{count} or more</source>
        <translation>{count} of meer</translation>
    </message>
</context>
<context>
    <name>TaxonCardPanel</name>
    <message>
        <source>Open in Portal</source>
        <translation>Openen in het portaal</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sluiten</translation>
    </message>
    <message>
        <source>{n} observations on the portal</source>
        <translation>{n} waarnemingen op het portaal</translation>
    </message>
    <message>
        <source>On these species lists:</source>
        <translation>Op deze soortenlijsten:</translation>
    </message>
    <message>
        <source>On no public species list.</source>
        <translation>Op geen enkele openbare soortenlijst.</translation>
    </message>
    <message>
        <source>Notify Me…</source>
        <translation>Meld mij…</translation>
    </message>
</context>
<context>
    <name>TaxonChip</name>
    <message>
        <source>About {name}</source>
        <translation>Over {name}</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} verwijderen</translation>
    </message>
</context>
<context>
    <name>TaxonField</name>
    <message>
        <source>Dutch or scientific name</source>
        <translation>Nederlandse of wetenschappelijke naam</translation>
    </message>
    <message>
        <source>Species</source>
        <translation>Soorten</translation>
    </message>
    <message>
        <source>No species is called “{name}”.</source>
        <translation>Geen enkele soort heet “{name}”.</translation>
    </message>
    <message>
        <source>{more} observations are filed under {parent} itself, without naming the subspecies; under {name} there are {own}.</source>
        <translation>{more} waarnemingen staan onder {parent} zelf, zonder de ondersoort te noemen; onder {name} zijn er {own}.</translation>
    </message>
    <message>
        <source>Take {name} Too</source>
        <translation>Ook {name} nemen</translation>
    </message>
    <message>
        <source>found as {name}</source>
        <translation>gevonden als {name}</translation>
    </message>
    <message>
        <source>{n} observations</source>
        <translation>{n} waarnemingen</translation>
    </message>
</context>
<context>
    <name>TaxonLookup</name>
    <message>
        <source>Look up names</source>
        <translation>Namen opzoeken</translation>
    </message>
    <message>
        <source>Read about species</source>
        <translation>Over soorten lezen</translation>
    </message>
</context>
<context>
    <name>TellQuery</name>
    <message>
        <source>{count} observations of {what} {where}{when}{more}.</source>
        <translation>{count} waarnemingen van {what} {where}{when}{more}.</translation>
    </message>
    <message>
        <source>{names} and {rest} more</source>
        <translation>{names} en nog {rest}</translation>
    </message>
    <message>
        <source>the species on the list “{name}”</source>
        <translation>de soorten op de lijst “{name}”</translation>
    </message>
    <message>
        <source>all species</source>
        <translation>alle soorten</translation>
    </message>
    <message>
        <source>within {radius} km of {place}</source>
        <translation>binnen {radius} km van {place}</translation>
    </message>
    <message>
        <source>a place</source>
        <translation>een plaats</translation>
    </message>
    <message>
        <source>in {area}</source>
        <translation>in {area}</translation>
    </message>
    <message>
        <source>in the chosen area</source>
        <translation>in het gekozen gebied</translation>
    </message>
    <message>
        <source>in Flanders</source>
        <translation>in Vlaanderen</translation>
    </message>
    <message>
        <source>in the whole portal</source>
        <translation>in het hele portaal</translation>
    </message>
    <message>
        <source>uncertainty up to {metres} m</source>
        <translation>onzekerheid tot {metres} m</translation>
    </message>
    <message>
        <source>validated only</source>
        <translation>alleen gevalideerde</translation>
    </message>
    <message>
        <source>from {n} datasets</source>
        <translation>uit {n} datasets</translation>
    </message>
    <message>
        <source>licence {names}</source>
        <translation>licentie {names}</translation>
    </message>
    <message>
        <source>absences included</source>
        <translation>afwezigheden inbegrepen</translation>
    </message>
    <message>
        <source>with filters of your own</source>
        <translation>met eigen filters</translation>
    </message>
    <message>
        <source>{count} observation of {what} {where}{when}{more}.</source>
        <translation>{count} waarneming van {what} {where}{when}{more}.</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} tot {last}</translation>
    </message>
    <message>
        <source>from {first}</source>
        <translation>vanaf {first}</translation>
    </message>
    <message>
        <source>up to {last}</source>
        <translation>tot en met {last}</translation>
    </message>
    <message>
        <source>{taxa}, among {list}</source>
        <translation>{taxa}, onder {list}</translation>
    </message>
    <message>
        <source>{place}, as far as in Flanders</source>
        <translation>{place}, voor zover in Vlaanderen</translation>
    </message>
    <message>
        <source>with part of the quality profile switched off</source>
        <translation>met een deel van het kwaliteitsprofiel uitgeschakeld</translation>
    </message>
    <message>
        <source>from the dataset {name}</source>
        <translation>uit de dataset {name}</translation>
    </message>
    <message>
        <source>from one dataset</source>
        <translation>uit één dataset</translation>
    </message>
    <message>
        <source>a species list</source>
        <translation>een soortenlijst</translation>
    </message>
</context>
<context>
    <name>UploadArea</name>
    <message>
        <source>Upload area</source>
        <translation>Gebied opladen</translation>
    </message>
    <message>
        <source>polygon,share,public</source>
        <translation>vlak,delen,openbaar</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Vlakken</translation>
    </message>
    <message>
        <source>Name, which everybody can read</source>
        <translation>Naam, die iedereen kan lezen</translation>
    </message>
    <message>
        <source>I agree that everybody can see this area, and that others can delete it</source>
        <translation>Ik ga akkoord dat iedereen dit gebied kan zien en dat anderen het kunnen wissen</translation>
    </message>
    <message>
        <source>Id of the area</source>
        <translation>Id van het gebied</translation>
    </message>
    <message>
        <source>The area is on the portal as {pid}.</source>
        <translation>Het gebied staat op het portaal als {pid}.</translation>
    </message>
</context>
<context>
    <name>Values</name>
    <message>
        <source>human observation</source>
        <translation>waarneming door een mens</translation>
    </message>
    <message>
        <source>machine observation</source>
        <translation>waarneming door een toestel</translation>
    </message>
    <message>
        <source>preserved specimen</source>
        <translation>bewaard exemplaar</translation>
    </message>
    <message>
        <source>fossil</source>
        <translation>fossiel</translation>
    </message>
    <message>
        <source>living specimen</source>
        <translation>levend exemplaar</translation>
    </message>
    <message>
        <source>sample (DNA and the like)</source>
        <translation>staal (DNA en dergelijke)</translation>
    </message>
    <message>
        <source>from literature</source>
        <translation>uit literatuur</translation>
    </message>
    <message>
        <source>observation</source>
        <translation>waarneming</translation>
    </message>
    <message>
        <source>record</source>
        <translation>waarneming</translation>
    </message>
    <message>
        <source>blurred: sensitive species</source>
        <translation>vervaagd: gevoelige soort</translation>
    </message>
    <message>
        <source>exact: sensitive species</source>
        <translation>exact: gevoelige soort</translation>
    </message>
    <message>
        <source>kingdom</source>
        <translation>rijk</translation>
    </message>
    <message>
        <source>phylum</source>
        <translation>stam</translation>
    </message>
    <message>
        <source>class</source>
        <translation>klasse</translation>
    </message>
    <message>
        <source>order</source>
        <translation>orde</translation>
    </message>
    <message>
        <source>family</source>
        <translation>familie</translation>
    </message>
    <message>
        <source>genus</source>
        <translation>geslacht</translation>
    </message>
    <message>
        <source>species</source>
        <translation>soort</translation>
    </message>
    <message>
        <source>subspecies</source>
        <translation>ondersoort</translation>
    </message>
    <message>
        <source>variety</source>
        <translation>variëteit</translation>
    </message>
    <message>
        <source>form</source>
        <translation>vorm</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>onbekend</translation>
    </message>
    <message>
        <source>validated</source>
        <translation>gevalideerd</translation>
    </message>
    <message>
        <source>not validated</source>
        <translation>niet gevalideerd</translation>
    </message>
    <message>
        <source>probable</source>
        <translation>waarschijnlijk</translation>
    </message>
    <message>
        <source>present</source>
        <translation>aanwezig</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>afwezig</translation>
    </message>
    <message>
        <source>coordinates rounded</source>
        <translation>coördinaten afgerond</translation>
    </message>
    <message>
        <source>impossible coordinates</source>
        <translation>onmogelijke coördinaten</translation>
    </message>
    <message>
        <source>coordinates are zero</source>
        <translation>coördinaten zijn nul</translation>
    </message>
    <message>
        <source>coordinates swapped</source>
        <translation>coördinaten verwisseld</translation>
    </message>
    <message>
        <source>lies in another country</source>
        <translation>ligt in een ander land</translation>
    </message>
    <message>
        <source>no place given</source>
        <translation>geen plaats opgegeven</translation>
    </message>
    <message>
        <source>uncertainty unknown</source>
        <translation>onzekerheid onbekend</translation>
    </message>
    <message>
        <source>uncertainty invalid</source>
        <translation>onzekerheid ongeldig</translation>
    </message>
    <message>
        <source>WGS 84 assumed</source>
        <translation>WGS 84 verondersteld</translation>
    </message>
    <message>
        <source>no coordinate system given</source>
        <translation>geen coördinatensysteem opgegeven</translation>
    </message>
    <message>
        <source>name not recognised</source>
        <translation>naam niet herkend</translation>
    </message>
    <message>
        <source>name recognised by resemblance</source>
        <translation>naam herkend op gelijkenis</translation>
    </message>
    <message>
        <source>known by a higher rank only</source>
        <translation>enkel op een hogere rang gekend</translation>
    </message>
    <message>
        <source>no date given</source>
        <translation>geen datum opgegeven</translation>
    </message>
    <message>
        <source>impossible date</source>
        <translation>onmogelijke datum</translation>
    </message>
    <message>
        <source>unlikely date</source>
        <translation>onwaarschijnlijke datum</translation>
    </message>
    <message>
        <source>dates differ</source>
        <translation>datums verschillen</translation>
    </message>
    <message>
        <source>first of the month</source>
        <translation>eerste van de maand</translation>
    </message>
    <message>
        <source>first of the year</source>
        <translation>eerste van het jaar</translation>
    </message>
    <message>
        <source>kind of record unclear</source>
        <translation>soort bron onduidelijk</translation>
    </message>
</context>
<context>
    <name>WatchAlarm</name>
    <message>
        <source>Resume the session</source>
        <translation>Sessie hervatten</translation>
    </message>
    <message>
        <source>1 new observation in the zones of {names}.</source>
        <translation>1 nieuwe waarneming in de zones van {names}.</translation>
    </message>
    <message>
        <source>{n} new observations in the zones of {names}.</source>
        <translation>{n} nieuwe waarnemingen in de zones van {names}.</translation>
    </message>
    <message>
        <source>Flemish Biodiversity Portal</source>
        <translation>Vlaams Biodiversiteitsportaal</translation>
    </message>
    <message>
        <source>Show Them</source>
        <translation>Toon ze</translation>
    </message>
</context>
<context>
    <name>WatchAreas</name>
    <message>
        <source>Watch areas</source>
        <translation>Gebieden bewaken</translation>
    </message>
    <message>
        <source>new observations,alerts,scheduled,monitoring</source>
        <translation>nieuwe waarnemingen,meldingen,gepland,opvolging</translation>
    </message>
    <message>
        <source>Zones, or saved zones of a watch (empty: the watches in QGIS)</source>
        <translation>Zones, of bewaarde zones van een bewaking (leeg: de bewakingen in QGIS)</translation>
    </message>
    <message>
        <source>Name of a zone</source>
        <translation>Naam van een zone</translation>
    </message>
    <message>
        <source>First loaded since (empty: since the last time)</source>
        <translation>Nieuw op het portaal sinds (leeg: sinds de vorige keer)</translation>
    </message>
    <message>
        <source>New observations</source>
        <translation>Nieuwe waarnemingen</translation>
    </message>
    <message>
        <source>Number of new observations</source>
        <translation>Aantal nieuwe waarnemingen</translation>
    </message>
    <message>
        <source>There is nothing to watch: give zones, or make a watch.</source>
        <translation>Er is niets te bewaken: geef zones, of maak een bewaking.</translation>
    </message>
    <message>
        <source>“{name}” was not looked at: {reason}</source>
        <translation>“{name}” werd niet bekeken: {reason}</translation>
    </message>
    <message>
        <source>“{name}” is looked at for the first time: what comes is new.</source>
        <translation>“{name}” wordt voor het eerst bekeken: wat vanaf nu komt, is nieuw.</translation>
    </message>
    <message>
        <source>The portal holds {n} more than it shows at once.</source>
        <translation>Het portaal heeft er {n} meer dan het in één keer toont.</translation>
    </message>
</context>
<context>
    <name>WatchBook</name>
    <message>
        <source>Look for new observations</source>
        <translation>Nieuwe waarnemingen zoeken</translation>
    </message>
</context>
<context>
    <name>WatchDesk</name>
    <message>
        <source>Read the zones</source>
        <translation>De zones lezen</translation>
    </message>
    <message>
        <source>Nothing new was found in “{name}” so far; the map shows its zones.</source>
        <translation>In “{name}” werd nog niets nieuws gevonden; de kaart toont de zones.</translation>
    </message>
    <message>
        <source>Remove “{name}”, with all that it found?</source>
        <translation>“{name}” verwijderen, met alles wat gevonden werd?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Verwijderen</translation>
    </message>
    <message>
        <source>Keep It</source>
        <translation>Behouden</translation>
    </message>
    <message>
        <source>These are more than {n} polygons. Select some of them.</source>
        <translation>Dit zijn meer dan {n} vlakken. Selecteer er enkele.</translation>
    </message>
    <message>
        <source>{reason} Not looked at: {names}.</source>
        <translation>{reason} Niet bekeken: {names}.</translation>
    </message>
    <message>
        <source>From now on new observations show here.</source>
        <translation>Vanaf nu verschijnen nieuwe waarnemingen hier.</translation>
    </message>
    <message>
        <source>1 new observation since the last look.</source>
        <translation>1 nieuwe waarneming sinds de vorige keer.</translation>
    </message>
    <message>
        <source>{n} new observations since the last look.</source>
        <translation>{n} nieuwe waarnemingen sinds de vorige keer.</translation>
    </message>
    <message>
        <source>Nothing new since the last look.</source>
        <translation>Niets nieuws sinds de vorige keer.</translation>
    </message>
    <message>
        <source>The portal holds {n} more than it shows at once: make the zones smaller or the question narrower.</source>
        <translation>Het portaal heeft er {n} meer dan het in één keer toont: maak de zones kleiner of de vraag enger.</translation>
    </message>
    <message>
        <source>Sign In</source>
        <translation>Aanmelden</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Opnieuw proberen</translation>
    </message>
    <message>
        <source>Show Log</source>
        <translation>Logboek tonen</translation>
    </message>
</context>
<context>
    <name>WatchForm</name>
    <message>
        <source>Only the selected polygons</source>
        <translation>Alleen de geselecteerde vlakken</translation>
    </message>
    <message>
        <source>In this project</source>
        <translation>In dit project</translation>
    </message>
    <message>
        <source>In QGIS, for all projects</source>
        <translation>In QGIS, voor alle projecten</translation>
    </message>
    <message>
        <source>The zones are kept as they are now. What is found stays on this computer, also if the project goes to somebody else.</source>
        <translation>De zones worden bewaard zoals ze nu zijn. Wat gevonden wordt, blijft op deze computer, ook als het project naar iemand anders gaat.</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Bewaken</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuleren</translation>
    </message>
    <message>
        <source>Watch for new</source>
        <translation>Bewaak nieuwe</translation>
    </message>
    <message>
        <source>In each polygon of</source>
        <translation>In elk vlak van</translation>
    </message>
    <message>
        <source>Name of a zone</source>
        <translation>Naam van een zone</translation>
    </message>
    <message>
        <source>Name of the watch</source>
        <translation>Naam van de bewaking</translation>
    </message>
    <message>
        <source>Look for it</source>
        <translation>Kijken</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Bewaren</translation>
    </message>
    <message>
        <source>Open a layer with polygons first: your sites, for example.</source>
        <translation>Open eerst een laag met vlakken: uw terreinen, bijvoorbeeld.</translation>
    </message>
</context>
<context>
    <name>WatchLayer</name>
    <message>
        <source>{name}: new observations</source>
        <translation>{name}: nieuwe waarnemingen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nieuw</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gezien</translation>
    </message>
</context>
<context>
    <name>WatchPanel</name>
    <message>
        <source>In QGIS</source>
        <translation>In QGIS</translation>
    </message>
    <message>
        <source>QGIS can watch areas of your own for new observations, without an account: each polygon of a layer becomes a zone.</source>
        <translation>QGIS kan uw eigen gebieden bewaken op nieuwe waarnemingen, zonder account: elk vlak van een laag wordt een zone.</translation>
    </message>
    <message>
        <source>Watches</source>
        <translation>Bewakingen</translation>
    </message>
    <message>
        <source>New Watch…</source>
        <translation>Nieuwe bewaking…</translation>
    </message>
    <message>
        <source>Look Now</source>
        <translation>Nu kijken</translation>
    </message>
    <message>
        <source>Show on Map</source>
        <translation>Toon op kaart</translation>
    </message>
    <message>
        <source>Mark as seen, remove</source>
        <translation>Markeren als gezien, verwijderen</translation>
    </message>
    <message>
        <source>Mark All as Seen</source>
        <translation>Alles markeren als gezien</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Verwijderen…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Aan het kijken…</translation>
    </message>
    <message>
        <source>{name}: nothing new</source>
        <translation>{name}: niets nieuws</translation>
    </message>
    <message>
        <source>{name}: {n} new</source>
        <translation>{name}: {n} nieuw</translation>
    </message>
    <message>
        <source>1 zone</source>
        <translation>1 zone</translation>
    </message>
    <message>
        <source>{n} zones</source>
        <translation>{n} zones</translation>
    </message>
    <message>
        <source>only when asked</source>
        <translation>alleen op vraag</translation>
    </message>
    <message>
        <source>each day</source>
        <translation>elke dag</translation>
    </message>
    <message>
        <source>each week</source>
        <translation>elke week</translation>
    </message>
    <message>
        <source>each {n} days</source>
        <translation>elke {n} dagen</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>nog niet bekeken</translation>
    </message>
    <message>
        <source>last look {moment}</source>
        <translation>laatst bekeken {moment}</translation>
    </message>
    <message>
        <source>{zone}: {new} new of {all}</source>
        <translation>{zone}: {new} nieuw van {all}</translation>
    </message>
</context>
<context>
    <name>YearHistogram</name>
    <message>
        <source>Observations per year</source>
        <translation>Waarnemingen per jaar</translation>
    </message>
</context>
</TS>
