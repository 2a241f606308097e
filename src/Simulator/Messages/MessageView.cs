using System.Globalization;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Messages;

/// <summary>A message as Twilio's 2010 API writes it (api.v2010.account.message).</summary>
internal sealed record MessageView(
    string AccountSid,
    string ApiVersion,
    string Body,
    string DateCreated,
    string? DateSent,
    string DateUpdated,
    string Direction,
    int? ErrorCode,
    string? ErrorMessage,
    string From,
    string? MessagingServiceSid,
    string NumMedia,
    string NumSegments,
    string? Price,
    string PriceUnit,
    string Sid,
    string Status,
    MessageLinks SubresourceUris,
    string To,
    string Uri)
{
    public const string Version = "2010-04-01";

    public static MessageView Of(Message message, string accountSid) => Of(message, message.State, accountSid);

    /// <summary>The message as it was in a state that may be over.</summary>
    public static MessageView Of(Message message, MessageState state, string accountSid)
    {
        var path = $"/{Version}/Accounts/{accountSid}/Messages/{message.Sid}";
        return new(
            accountSid,
            Version,
            message.Body,
            TwilioDate.Write(message.Created),
            state.Sent is { } sent ? TwilioDate.Write(sent) : null,
            TwilioDate.Write(state.Updated),
            message.Direction.Wire(),
            state.ErrorCode,
            state.ErrorCode is { } code ? MessageWords.ErrorMessage(code) : null,
            message.From,
            message.MessagingServiceSid,
            message.Media.Count.ToString(CultureInfo.InvariantCulture),
            Segments.Count(message.Body).ToString(CultureInfo.InvariantCulture),
            Price: null,
            "USD",
            message.Sid,
            state.Status.Wire(),
            new($"{path}/Media.json"),
            message.To,
            $"{path}.json");
    }
}

/// <summary>Where a message's parts are.</summary>
internal sealed record MessageLinks(string Media);

/// <summary>A page of messages.</summary>
internal sealed record MessageListView(
    int End,
    string FirstPageUri,
    IReadOnlyList<MessageView> Messages,
    string? NextPageUri,
    int Page,
    int PageSize,
    string? PreviousPageUri,
    int Start,
    string Uri)
{
    public static MessageListView Of(IReadOnlyList<MessageView> messages, PageLinks links) => new(
        links.End,
        links.FirstPageUri,
        messages,
        links.NextPageUri,
        links.Page,
        links.PageSize,
        links.PreviousPageUri,
        links.Start,
        links.Uri);
}
