namespace PhoneMasking.Twilio.Numbers;

/// <summary>Which local numbers to look for. Every filter that is absent lets all pass.</summary>
public sealed record LocalNumberSearch
{
    /// <summary>Country, two letters. Default: US.</summary>
    public string Country { get; init; } = "US";

    /// <summary>Area code, US and Canada only.</summary>
    public int? AreaCode { get; init; }

    /// <summary>State or province, two letters, US and Canada only.</summary>
    public string? Region { get; init; }

    /// <summary>A pattern of 2 to 16 digits, letters and asterisks.</summary>
    public string? Contains { get; init; }

    /// <summary>Only numbers that can (or cannot) send texts.</summary>
    public bool? SmsEnabled { get; init; }

    /// <summary>Only numbers that can (or cannot) send pictures.</summary>
    public bool? MmsEnabled { get; init; }

    /// <summary>Only numbers that can (or cannot) make calls.</summary>
    public bool? VoiceEnabled { get; init; }

    /// <summary>The most numbers to return, 1 to 1,000. Default: 50, as Twilio's.</summary>
    public int PageSize { get; init; } = 50;
}
