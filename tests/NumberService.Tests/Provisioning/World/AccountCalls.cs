using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PhoneMasking.NumberService.Tests.Provisioning.World;

/// <summary>What the account's owner does at Twilio by hand.</summary>
internal static class AccountCalls
{
    /// <summary>Makes a Messaging Service or a Proxy Service.</summary>
    /// <param name="simulator">Twilio.</param>
    /// <param name="path">The list, for example <c>messaging/v1/Services</c>.</param>
    /// <param name="field">What a service is named by.</param>
    /// <param name="name">The name.</param>
    /// <returns>Its id.</returns>
    public static async Task<string> MakeServiceAsync(this SimulatorHost simulator, string path, string field, string name)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { [field] = name });
        var made = await simulator.CallAsync(HttpMethod.Post, path, form);
        return made.GetProperty("sid").GetString()!;
    }

    /// <summary>The numbers in a Proxy Service, and whether each is reserved.</summary>
    public static async Task<IReadOnlyDictionary<string, bool>> ProxyNumbersAsync(this SimulatorHost simulator, string service)
    {
        var page = await simulator.CallAsync(HttpMethod.Get, $"proxy/v1/Services/{service}/PhoneNumbers");
        return page.GetProperty("phone_numbers").EnumerateArray().ToDictionary(
            number => number.GetProperty("phone_number").GetString()!, number => number.GetProperty("is_reserved").GetBoolean());
    }

    private static async Task<JsonElement> CallAsync(
        this SimulatorHost simulator, HttpMethod method, string path, HttpContent? content = null)
    {
        using var http = new HttpClient();
        var credentials = Encoding.UTF8.GetBytes($"{NumberHost.AccountSid}:{NumberHost.AuthToken}");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        using var request = new HttpRequestMessage(method, new Uri($"{simulator.BaseUrl}/{path}")) { Content = content };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return answer.RootElement.Clone();
    }
}
