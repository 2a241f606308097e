using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>The account's numbers in the control API, and the registration of this capability.</summary>
internal static class NumberControlEndpoints
{
    /// <summary>Adds the numbers. No start when <c>Simulator:Numbers</c> or a default URL is invalid.</summary>
    public static void AddNumbers(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<NumberOptions>, NumberOptionsValidator>();
        services.AddOptions<NumberOptions>().BindConfiguration(NumberOptions.Section).ValidateOnStart();
        services.AddSingleton<NumberDirectory>();
        services.AddSingleton<AvailableNumbers>();
        services.AddSingleton<PurchaseDesk>();
    }

    public static void MapNumberControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/numbers", (NumberDirectory numbers) => numbers.List().Select(NumberView.Of));
        control.MapPost("/numbers", Put);
    }

    private static NumberView Put(NumberRequest request, NumberDirectory numbers, TimeProvider clock)
    {
        var number = numbers.Find(request.Number) ?? OwnNumber.Buy(request.Number, clock.GetUtcNow());
        number = number with
        {
            FriendlyName = request.FriendlyName ?? number.FriendlyName,
            SmsUrl = request.SmsUrl ?? number.SmsUrl,
            SmsFallbackUrl = request.SmsFallbackUrl ?? number.SmsFallbackUrl,
            CanText = request.CanText ?? number.CanText,
        };
        numbers.Put(number);
        return NumberView.Of(number);
    }
}

/// <summary>Gives the account a number, without buying it, or changes one.</summary>
/// <param name="Number">The number in E.164 form.</param>
/// <param name="FriendlyName">What the phones page shows beside it.</param>
/// <param name="SmsUrl">Where texts are posted. Default: <c>Simulator:DefaultSmsUrl</c>.</param>
/// <param name="SmsFallbackUrl">Where they are posted when that failed.</param>
/// <param name="CanText">Whether Twilio says that it can text. Default: yes.</param>
public sealed record NumberRequest(
    [Required, RegularExpression(@"^\+[1-9][0-9]{6,14}$")] string Number,
    [MaxLength(64)] string? FriendlyName,
    [Url] string? SmsUrl,
    [Url] string? SmsFallbackUrl,
    bool? CanText);

/// <summary>A number of the account.</summary>
internal sealed record NumberView(string Sid, string Number, string FriendlyName, string SmsUrl, string SmsFallbackUrl)
{
    public static NumberView Of(OwnNumber number) =>
        new(number.Sid, number.PhoneNumber, number.FriendlyName, number.SmsUrl, number.SmsFallbackUrl);
}
