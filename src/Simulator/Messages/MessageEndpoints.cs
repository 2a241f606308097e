using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Messages;

/// <summary>Twilio's Messages resource.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder account)
    {
        account.MapPost("/Messages.json", Create).WithOperation(RestOperation.Send);
        account.MapGet("/Messages.json", List).WithOperation(RestOperation.List);
        account.MapGet("/Messages/{sid}.json", Fetch).WithOperation(RestOperation.Fetch);
        account.MapPost("/Messages/{sid}.json", Update).WithOperation(RestOperation.Update);
        account.MapDelete("/Messages/{sid}.json", Delete).WithOperation(RestOperation.Delete);
    }

    private static Results<JsonHttpResult<MessageView>, TwilioError> Create(
        HttpContext context,
        MessageDesk desk,
        IOptions<AccountOptions> account)
    {
        // The filter in front has read the form already.
        var form = context.Request.Form;
        var order = new MessageOrder(
            form["To"].ToString(),
            form["From"].ToString(),
            form["Body"].ToString(),
            [.. form["MediaUrl"].OfType<string>()],
            NullIfEmpty(form["StatusCallback"]),
            NullIfEmpty(form["MessagingServiceSid"]));

        switch (desk.Accept(order))
        {
            case AcceptOutcome.Accepted(var message, var state):
                context.Items[RestCallFilter.CreatedSid] = message.Sid;
                return TypedResults.Json(
                    MessageView.Of(message, state, account.Value.AccountSid),
                    TwilioJson.Default.MessageView,
                    statusCode: StatusCodes.Status201Created);
            case AcceptOutcome.Refused(var error):
                return error;
            default:
                throw new UnreachableException();
        }
    }

    private static Results<JsonHttpResult<MessageListView>, TwilioError> List(
        HttpRequest request,
        MessageStore store,
        IOptions<AccountOptions> account)
    {
        if (MessageFilter.Of(request.Query, out var error) is not { } filter)
        {
            return error!;
        }

        var page = PageRequest.Of(request.Query);
        var (messages, next) = store.List(filter, page);
        var links = page.Links(request, messages.Count, next);
        var views = messages.Select(message => MessageView.Of(message, account.Value.AccountSid));
        return TypedResults.Json(MessageListView.Of([.. views], links), TwilioJson.Default.MessageListView);
    }

    private static Results<JsonHttpResult<MessageView>, TwilioError> Fetch(
        string sid,
        HttpRequest request,
        MessageStore store,
        IOptions<AccountOptions> account) =>
        store.Find(sid) is { } message ? Show(message, account.Value) : TwilioError.NotFound(request.Path);

    private static Results<JsonHttpResult<MessageView>, TwilioError> Update(
        string sid,
        HttpRequest request,
        MessageStore store,
        IOptions<AccountOptions> account,
        TimeProvider clock)
    {
        if (store.Find(sid) is not { } message)
        {
            return TwilioError.NotFound(request.Path);
        }

        if (request.Form.TryGetValue("Status", out var status))
        {
            var state = message.State;
            if (status != MessageStatus.Canceled.Wire() || state.Status != MessageStatus.Queued)
            {
                return TwilioError.InvalidParameter("Only a message that is not sent yet can be canceled");
            }

            message.State = state with { Status = MessageStatus.Canceled, Updated = clock.GetUtcNow() };
        }

        if (request.Form.TryGetValue("Body", out var body))
        {
            if (!string.IsNullOrEmpty(body))
            {
                return TwilioError.InvalidParameter("Body can only be redacted: it must be empty");
            }

            message.Body = "";
        }

        return Show(message, account.Value);
    }

    private static Results<NoContent, TwilioError> Delete(string sid, HttpRequest request, MessageStore store)
    {
        if (store.Find(sid) is not { } message)
        {
            return TwilioError.NotFound(request.Path);
        }

        if (!message.State.IsFinal)
        {
            return TwilioError.NotFinished;
        }

        store.Delete(message);
        return TypedResults.NoContent();
    }

    private static JsonHttpResult<MessageView> Show(Message message, AccountOptions account) =>
        TypedResults.Json(MessageView.Of(message, account.AccountSid), TwilioJson.Default.MessageView);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
