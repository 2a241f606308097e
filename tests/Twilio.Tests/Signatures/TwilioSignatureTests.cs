using System.Text;

using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.Twilio.Tests.Signatures;

/// <summary>Twilio's published vectors (reference/twilio.md 2.6), signed with the auth token <c>12345</c>.</summary>
public sealed class TwilioSignatureTests
{
    private const string AuthToken = "12345";
    private const string FirstUrl = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string BodyHash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"property": "value", "boolean": true}""");

    [Theory]
    [InlineData(FirstUrl, "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", "+14158675309", "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [InlineData(FirstUrl, "+14158675310", "GvWf1cFY/Q7PnoempGyD5oXAezc=")]
    [InlineData("https://example.com/myapp.php?foo=1&bar=2", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU=")]
    [InlineData("https://mycompany.com:1234/myapp.php?foo=1&bar=2", "+14158675309", "CYn1h0gLBdNxDGkKJg6hYohgeD8=")]
    [InlineData("https://MyCompany.com/myapp.php?foo=1&bar=2", "+14158675309", "g9IN/x4Cft2g517EjYvEvM/W7LU=")]
    public void FormPost_PublishedVector_IsComputedAndAccepted(string url, string caller, string signature)
    {
        Assert.Equal(signature, TwilioSignature.Compute(AuthToken, url, Call(caller)));
        Assert.True(TwilioSignatureValidator.IsValidForm(AuthToken, url, Call(caller), signature));
    }

    [Theory]
    [InlineData(FirstUrl, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData(FirstUrl, "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [InlineData("https://mycompany.com:1234/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4=")]
    [InlineData("http://mycompany.com:80/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4=")]
    public void FormPost_EitherPortForm_IsAccepted(string url, string signature) =>
        Assert.True(TwilioSignatureValidator.IsValidForm(AuthToken, url, Call("+14158675309"), signature));

    [Fact]
    public void FormPost_RepeatedParameters_AreSortedAndCountedOnce()
    {
        KeyValuePair<string, string>[] parameters =
        [
            new("Sid", "CA123"), new("SidAccount", "AC123"),
            new("Digits", "5678"), new("Digits", "1234"), new("Digits", "1234"),
        ];

        Assert.Equal("IK+Dwps556ElfBT0I3Rgjkr1wJU=", TwilioSignature.Compute(AuthToken, FirstUrl, parameters));
        Assert.True(TwilioSignatureValidator.IsValidForm(
            AuthToken, FirstUrl, parameters.Reverse(), "IK+Dwps556ElfBT0I3Rgjkr1wJU="));
    }

    [Theory]
    [InlineData(FirstUrl + "&bodySHA256=" + BodyHash, "a9nBmqA0ju/hNViExpshrM61xv4=")]
    [InlineData("https://mycompany.com/myapp.php?bodySHA256=" + BodyHash, "y77kIzt2vzLz71DgmJGsen2scGs=")]
    public void JsonPost_PublishedVector_IsComputedAndAccepted(string url, string signature)
    {
        Assert.Equal(signature, TwilioSignature.ComputeForQuery(AuthToken, url));
        Assert.True(TwilioSignatureValidator.IsValidJson(AuthToken, url, Body, signature));
        Assert.True(TwilioSignatureValidator.IsValidQuery(AuthToken, url, signature));
    }

    [Fact]
    public void JsonPost_OtherBodyThanHashed_IsRefused()
    {
        const string url = "https://mycompany.com/myapp.php?bodySHA256=" + BodyHash;

        Assert.False(TwilioSignatureValidator.IsValidJson(
            AuthToken, url, "{}"u8, "y77kIzt2vzLz71DgmJGsen2scGs="));
    }

    [Theory]
    [InlineData(FirstUrl)]
    [InlineData("https://mycompany.com/myapp.php")]
    [InlineData(FirstUrl + "&bodySHA256=")]
    [InlineData(FirstUrl + "&bodySHA256=zz1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620")]
    public void JsonPost_SignedUrlWithoutUsableBodyHash_IsRefused(string url)
    {
        var signature = TwilioSignature.ComputeForQuery(AuthToken, url);

        Assert.False(TwilioSignatureValidator.IsValidJson(AuthToken, url, Body, signature));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8=\n")]
    [InlineData("rSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("ééééééééééééééééééééééééééé=")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Signature_MissingOrGarbled_IsRefusedWithoutThrowing(string? signature)
    {
        Assert.False(TwilioSignatureValidator.IsValidForm(AuthToken, FirstUrl, Call("+14158675309"), signature));
        Assert.False(TwilioSignatureValidator.IsValidJson(AuthToken, FirstUrl, Body, signature));
    }

    [Fact]
    public void Signature_OfAnotherToken_IsRefused()
    {
        var forged = TwilioSignature.Compute("54321", FirstUrl, Call("+14158675309"));

        Assert.False(TwilioSignatureValidator.IsValidForm(AuthToken, FirstUrl, Call("+14158675309"), forged));
    }

    [Fact]
    public void FormPost_ChangedAddedOrRemovedParameter_IsRefused()
    {
        var signature = TwilioSignature.Compute(AuthToken, FirstUrl, Call("+14158675309"));

        Assert.False(TwilioSignatureValidator.IsValidForm(AuthToken, FirstUrl, Call("+14158675310"), signature));
        Assert.False(TwilioSignatureValidator.IsValidForm(
            AuthToken, FirstUrl, Call("+14158675309").Append(new("Body", "x")), signature));
        Assert.False(TwilioSignatureValidator.IsValidForm(
            AuthToken, FirstUrl, Call("+14158675309").Skip(1), signature));
    }

    [Fact]
    public void Url_FragmentAndUserInfo_AreNotSigned() =>
        Assert.Equal(
            "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
            TwilioSignature.Compute(
                AuthToken,
                "https://user:pa:ss@mycompany.com/myapp.php?foo=1&bar=2#rc=2&rp=all",
                Call("+14158675309")));

    [Theory]
    [InlineData("https://mycompany.com/hook", "https://mycompany.com/hook/")]
    [InlineData("https://mycompany.com/hook", "https://mycompany.com:444/hook")]
    [InlineData("https://mycompany.com/hook", "https://MyCompany.com/hook")]
    [InlineData("http://mycompany.com/hook", "https://mycompany.com/hook")]
    public void Url_OtherThanSigned_IsRefused(string seen, string registered)
    {
        var signature = TwilioSignature.Compute(AuthToken, registered, []);

        Assert.False(TwilioSignatureValidator.IsValidForm(AuthToken, seen, [], signature));
    }

    [Fact]
    public void Url_Ipv6HostWithoutPort_AlsoMatchesItsDefaultPort()
    {
        var signature = TwilioSignature.Compute(AuthToken, "http://[::1]:80/hook", []);

        Assert.True(TwilioSignatureValidator.IsValidForm(AuthToken, "http://[::1]/hook", [], signature));
        Assert.False(TwilioSignatureValidator.IsValidForm(AuthToken, "http://[::2]/hook", [], signature));
    }

    [Fact]
    public void FormPost_EmptyValues_AppendTheNameOnly() =>
        Assert.Equal(
            TwilioSignature.ComputeForQuery(AuthToken, "https://mycompany.com/hookABbx"),
            TwilioSignature.Compute(
                AuthToken, "https://mycompany.com/hook", [new("b", "x"), new("B", ""), new("A", "")]));

    [Fact]
    public void FormPost_MoreParametersThanUsual_AreAllSigned()
    {
        var parameters = Enumerable.Range(0, 500).Select(i => KeyValuePair.Create($"P{i:000}", "🐾é"));
        var all = string.Concat(parameters.Select(parameter => parameter.Key + parameter.Value));

        Assert.Equal(
            TwilioSignature.ComputeForQuery(AuthToken, "https://mycompany.com/" + all),
            TwilioSignature.Compute(AuthToken, "https://mycompany.com/", parameters.Where(_ => true)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Call(string caller) =>
    [
        new("Digits", "1234"),
        new("CallSid", "CA1234567890ABCDE"),
        new("To", "+18005551212"),
        new("Caller", caller),
        new("From", caller),
    ];
}
