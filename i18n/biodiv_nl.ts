<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl">
<context>
    <name>AccountLine</name>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the Page Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not signed in. Searching, counting and open layers work without an account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flemish government staff or citizen (itsme, eID)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Portal account with a password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a code, on another device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>high resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this session only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch Organisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue in the browser. Waiting for {minutes}:{seconds} more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AreaField</name>
    <message>
        <source>Flanders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>map view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>polygons of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected polygons, or all where none is selected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BiodivPlugin</name>
    <message>
        <source>Flemish Biodiversity Portal</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Sign in to the portal first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in did not succeed. Try again, or ask for access.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your account does not have the right to do this. Ask for access.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal does not know this item any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal asks to slow down. Wait a minute and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal did not understand this question. Change the filters and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal has a problem at the moment. Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal gave an answer that cannot be read. Try again; see the log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal does not know “{wanted}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal did not deliver the download. Fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The downloaded file is damaged and was not used. Fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {path} could not be written. Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong; see the log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in was refused or stopped in the browser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The browser could not be opened. Copy the link, or sign in with a code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The code was not entered in time. Ask for a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are more records than the portal delivers at once. Narrow the filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download was cancelled on the portal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal has not finished this download. Fetch it later, or ask it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no room left on the disk for {path}. Nothing was kept of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not write to {path}. Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean {names}?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Sign In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show Log</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PortalDock</name>
    <message>
        <source>Biodiversity Portal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Observations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My Lists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed out here. The portal could not be told; its own session ends by itself.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInController</name>
    <message>
        <source>Sign in to the biodiversity portal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in with a code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume the session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Renew the session</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TaxonField</name>
    <message>
        <source>Dutch or scientific name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Species</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TellQuery</name>
    <message>
        <source>{count} observations of {what} {where}{when}{more}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} and {rest} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the species on the list “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all species</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>within {radius} km of {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {area}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the chosen area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in Flanders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the whole portal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, {first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, from {first}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, up to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {months}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uncertainty up to {metres} m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validated only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {n} datasets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>licence {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>absences included</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with filters of your own</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
