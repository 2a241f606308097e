using System.Diagnostics;

namespace PhoneMasking.Twilio.Transport;

/// <summary>Every way that a post can end; see <see cref="Messages.SendOutcome"/> for what each means.</summary>
internal abstract record PostResult<TResource>
{
    private PostResult()
    {
    }

    /// <summary>The resource, or the exception that says why there is none.</summary>
    /// <param name="operation">What was tried, in product words without personal data.</param>
    /// <exception cref="TwilioApiException">Twilio refused, or did not answer.</exception>
    public TResource OrThrow(string operation) => this switch
    {
        Done(var resource) => resource,
        Refused(var error) => throw new TwilioApiException(operation, "", error, null, null),
        RateLimited(var wait, var error) => throw new TwilioApiException(operation, "", error, wait, null),
        NotSent(var reason) => throw new TwilioApiException(operation, reason, null, null, null),
        Unknown(var reason) => throw new TwilioApiException(operation, reason, null, null, null),
        _ => throw new UnreachableException(),
    };

    internal sealed record Done(TResource Resource) : PostResult<TResource>;

    internal sealed record Refused(TwilioError Error) : PostResult<TResource>;

    internal sealed record RateLimited(TimeSpan RetryAfter, TwilioError Error) : PostResult<TResource>;

    internal sealed record NotSent(string Reason) : PostResult<TResource>;

    internal sealed record Unknown(string Reason) : PostResult<TResource>;
}
