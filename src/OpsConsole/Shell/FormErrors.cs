using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Inquiries;

namespace PhoneMasking.OpsConsole.Shell;

/// <summary>What is wrong with a form that was sent: by field, and of the whole.</summary>
/// <param name="fields">The fields of the form, named as in Contracts, in the order they are shown.</param>
public sealed class FormErrors(params IReadOnlyList<string> fields)
{
    private readonly Dictionary<string, string> _byField = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _byField.Count > 0 || Whole is not null;

    /// <summary>What is wrong that belongs to no field of the form.</summary>
    public string? Whole { get; private set; }

    /// <summary>The fields that are wrong and what is wrong with each, in the form's order.</summary>
    public IEnumerable<(string Field, string Detail)> Each =>
        fields.Where(_byField.ContainsKey).Select(name => (name, _byField[name]));

    /// <summary>What is wrong with a field; none when it is right.</summary>
    /// <param name="field">The field's name.</param>
    public string? Of(string field) => _byField.GetValueOrDefault(field);

    /// <summary>Notes what is wrong; the first finding about a field stays.</summary>
    /// <param name="field">The field; none, or one that the form does not have, for the whole form.</param>
    /// <param name="detail">What is wrong and what would be right.</param>
    public void Add(string? field, string detail)
    {
        if (field is not null && fields.Contains(field, StringComparer.OrdinalIgnoreCase))
        {
            _byField.TryAdd(field, detail);
        }
        else
        {
            Whole ??= detail;
        }
    }

    /// <summary>Notes what a service said, and answers with the HTTP status that goes with it.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="reply">The service's reply.</param>
    /// <param name="response">The page's response.</param>
    public void Take<T>(Reply<T> reply, HttpResponse? response)
    {
        var status = reply switch
        {
            Reply<T>.Declined { Why: { Kind: RefusalKind.Conflict } } => StatusCodes.Status409Conflict,
            // Not 404 for what the form names and is not there: then the page of the form itself would not be shown.
            Reply<T>.Declined => StatusCodes.Status422UnprocessableEntity,
            Reply<T>.Away => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status200OK,
        };
        if (reply is Reply<T>.Declined { Why: var why })
        {
            Add(why.Field, why.Detail);
        }
        else if (reply is Reply<T>.Away)
        {
            Add(null, "The service did not answer in time. It may still do it; sending this again does it once only.");
        }

        SetStatus(response, status);
    }

    /// <summary>Says in the response that a field is wrong.</summary>
    /// <param name="response">The page's response.</param>
    public static void Refuse(HttpResponse? response) => SetStatus(response, StatusCodes.Status422UnprocessableEntity);

    private static void SetStatus(HttpResponse? response, int status)
    {
        if (response is { HasStarted: false })
        {
            response.StatusCode = status;
        }
    }
}
