package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Request;

/**
 * A directory of a site as visitors see it: its files under their URLs.
 *
 * @param served whose site
 * @param server the same in words, as the rules have it
 * @param worker whom the site's files are read by
 * @param asked how it is asked for; the path of its request is replaced
 * @param base scheme, host and port
 * @param prefix the decoded path of the directory's URL, without its last slash
 * @param required what a URL's path has to begin with to be one of the site's
 * @param directory as the configuration names it, without dots
 * @param canonical the same without links
 */
record SiteView(
        Served served,
        String server,
        Seer worker,
        UrlQuestion.Asked asked,
        String base,
        String prefix,
        String required,
        PathBytes directory,
        PathBytes canonical) {
    /** A request for a decoded path. */
    Request request(String path) {
        return requestFor(UrlText.encoded(path));
    }

    /** A request for a target as it is sent. */
    Request requestFor(String target) {
        Request like = asked.request();
        return new Request(
                like.scheme(),
                like.to(),
                like.port(),
                like.from(),
                like.method(),
                target,
                like.host(),
                like.headers(),
                like.visitor());
    }

    /** The URL of a decoded path. */
    PathBytes url(String path) {
        return ByteText.path(base + UrlText.encoded(path));
    }

    /** Whether the visitor shows who he is. */
    boolean isAnonymous() {
        return asked.request().visitor() instanceof Request.Visitor.Anonymous;
    }

    boolean isFromAnywhere() {
        return asked.origin() == UrlQuestion.Origin.ANYWHERE;
    }
}
