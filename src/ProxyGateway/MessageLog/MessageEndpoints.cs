using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.MessageLog;

internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder api) =>
        api.MapGet("/messages", ListMessagesPage)
            .WithTags("Messages")
            .RequireScope(Scopes.TextsRead)
            .WithSummary("Lists texts that came in and went out, newest first; of one session when asked")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    // Another organisation's session has no texts in this one, so the list is empty.
    private static async Task<Ok<MessagePage>> ListMessagesPage(
        ApiCaller caller,
        MessageList messages,
        CancellationToken cancellationToken,
        Guid? sessionId = null,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit)
    {
        var request = new ListMessages(
            caller.OrganisationId,
            after is { } last ? new MessageId(last) : null,
            limit,
            sessionId is { } session ? new SessionId(session) : null);
        return TypedResults.Ok(await messages.ReadAsync(request, cancellationToken));
    }
}
