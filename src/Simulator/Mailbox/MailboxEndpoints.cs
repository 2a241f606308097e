using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PhoneMasking.Simulator.Mailbox;

/// <summary>The mailbox in the browser, and its part of the control API.</summary>
internal static class MailboxEndpoints
{
    private const int DefaultLimit = 1000;

    /// <summary>
    /// A mail is a stranger's document: no script, no connection, no remote picture, no link that leaves the frame.
    /// </summary>
    private const string MailPolicy =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'self'";

    public static void MapMailbox(this IEndpointRouteBuilder routes)
    {
        routes.MapMailApi();
        routes.MapGet("/mailbox", (HttpContext context, MailboxAssets assets) => assets.WriteAsync("index.html", context));
        routes.MapGet(
            "/mailbox/{name}",
            (string name, HttpContext context, MailboxAssets assets) => assets.WriteAsync(name, context));
        routes.MapGet("/mailbox/mails/{id:guid}/html", ShowHtml);
        routes.MapGet("/simulator/api/mails", List);
        routes.MapDelete("/simulator/api/mails", Clear);
    }

    private static IEnumerable<Mail> List(
        MailStore store, long after = 0, [Range(1, MailStore.Kept)] int limit = DefaultLimit) => store.After(after, limit);

    private static NoContent Clear(MailStore store)
    {
        store.Clear();
        return TypedResults.NoContent();
    }

    private static Results<ContentHttpResult, NotFound> ShowHtml(Guid id, MailStore store, HttpResponse response)
    {
        if (store.Find(id)?.Html is not { } html)
        {
            return TypedResults.NotFound();
        }

        response.Headers.ContentSecurityPolicy = MailPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Content(html, "text/html; charset=utf-8");
    }
}
