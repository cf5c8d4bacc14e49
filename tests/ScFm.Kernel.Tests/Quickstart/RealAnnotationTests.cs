namespace ScFm.Kernel.Tests.Quickstart;

public sealed class RealAnnotationTests(RealAnnotation notebook) : AnnotationTests(notebook), IClassFixture<RealAnnotation>;
