from buildbot.www.plugin import Application

ep = Application(__name__, "Buildbot front end of the lab")
