using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Inquiries;
using PhoneMasking.OpsConsole.Shell;

namespace PhoneMasking.OpsConsole.Emails;

/// <summary>
/// HTTP out: the HTML of an e-mail or of a template's preview, for the frame of a page. A document of its own, since the
/// pages' policy forbids the styles that e-mails carry; <see cref="FramedDocument"/> allows those and nothing else.
/// </summary>
internal static class EmailDocumentEndpoints
{
    /// <summary>Maps the documents of e-mails and templates.</summary>
    /// <param name="routes">The console.</param>
    public static void MapEmailDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/alerts/emails/{id:guid}/html", OfEmailAsync).WithMetadata(FramedDocument.Mark);
        routes.MapGet("/alerts/templates/{name}/html", OfTemplateAsync).WithMetadata(FramedDocument.Mark);
    }

    private static async Task<ContentHttpResult> OfEmailAsync(Guid id, Inquiry inquiry, CancellationToken cancellationToken) =>
        Answer(await inquiry.AskAsync<ReadEmail, EmailContent>(new ReadEmail(OrganisationId.Default, id), cancellationToken));

    private static async Task<ContentHttpResult> OfTemplateAsync(string name, Inquiry inquiry, CancellationToken cancellationToken) =>
        Answer(await inquiry.AskAsync<PreviewEmail, EmailContent>(new PreviewEmail(name), cancellationToken));

    private static ContentHttpResult Answer(Reply<EmailContent> reply) => reply switch
    {
        Reply<EmailContent>.Given { Value.Html: var html } => TypedResults.Text(html, "text/html", Encoding.UTF8),
        Reply<EmailContent>.Declined { Why.Detail: var why } => TypedResults.Text(why, statusCode: StatusCodes.Status404NotFound),
        _ => TypedResults.Text("AlertService did not answer in time.", statusCode: StatusCodes.Status503ServiceUnavailable),
    };
}
