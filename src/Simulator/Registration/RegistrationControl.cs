using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Numbers;

namespace PhoneMasking.Simulator.Registration;

/// <summary>The A2P registration in the control API, and the registration of this capability.</summary>
internal static class RegistrationControl
{
    /// <summary>Adds brand and campaigns. No start when <c>Simulator:Registration</c> is invalid.</summary>
    public static void AddRegistration(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<RegistrationOptions>, RegistrationOptionsValidator>();
        services.AddOptions<RegistrationOptions>().BindConfiguration(RegistrationOptions.Section).ValidateOnStart();
        services.AddSingleton<RegistrationBook>();
    }

    public static void MapRegistrationControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/a2p", (RegistrationBook book) => RegistrationView.Of(book));
        control.MapPut("/a2p", Change);
        control.MapPut("/a2p/numbers", Switch);
    }

    private static RegistrationView Change(RegistrationRequest request, RegistrationBook book)
    {
        book.Current = request.ApplyTo(book.Current);
        return RegistrationView.Of(book);
    }

    private static Results<Ok<NumberRegistrationView>, ProblemHttpResult> Switch(
        NumberRegistrationRequest request,
        RegistrationBook book,
        NumberDirectory numbers)
    {
        if (!numbers.Owns(request.Number))
        {
            return Problems.NotOwned();
        }

        book.Switch(request.Number, request.State);
        return TypedResults.Ok(new NumberRegistrationView(request.Number, book.IsRegistered(request.Number)));
    }
}

/// <summary>Changes the registration from now on. What is left out stays as it is.</summary>
/// <param name="BrandStatus">PENDING, APPROVED, FAILED, IN_REVIEW, SUSPENDED ….</param>
/// <param name="CampaignStatus">Of each Messaging Service's campaign; NONE for no campaigns.</param>
/// <param name="Usecase">What the campaign is for, such as PROXY.</param>
/// <param name="NumberDelayMs">How long a number stays pending in a Messaging Service, in milliseconds.</param>
/// <param name="Required">Whether numbers in no Messaging Service fail, too.</param>
public sealed record RegistrationRequest(
    [RegularExpression("^(PENDING|APPROVED|FAILED|IN_REVIEW|SUSPENDED|DELETION_PENDING|DELETION_FAILED)$")]
    string? BrandStatus,
    [RegularExpression("^[A-Z_]+$")] string? CampaignStatus,
    string? Usecase,
    [Range(0, 604_800_000)] int? NumberDelayMs,
    bool? Required)
{
    internal RegistrationRules ApplyTo(RegistrationRules rules) => new(
        BrandStatus ?? rules.BrandStatus,
        CampaignStatus ?? rules.CampaignStatus,
        Usecase ?? rules.Usecase,
        NumberDelayMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : rules.NumberDelay,
        Required ?? rules.IsRequired);
}

/// <summary>Holds a number pending or registered.</summary>
/// <param name="Number">One of the account's numbers, in E.164 form.</param>
/// <param name="State">auto, pending or registered.</param>
public sealed record NumberRegistrationRequest([Required] string Number, NumberRegistration State);

/// <summary>Whether the carriers know a number now.</summary>
internal sealed record NumberRegistrationView(string Number, bool Registered);

/// <summary>The registration now.</summary>
internal sealed record RegistrationView(
    string BrandSid,
    string BrandStatus,
    string CampaignStatus,
    string Usecase,
    double NumberDelayMs,
    bool Required)
{
    public static RegistrationView Of(RegistrationBook book) => new(
        book.BrandSid,
        book.Current.BrandStatus,
        book.Current.CampaignStatus,
        book.Current.Usecase,
        book.Current.NumberDelay.TotalMilliseconds,
        book.Current.IsRequired);
}
