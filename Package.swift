// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// A command: a thin shell that parses arguments and calls the libraries.
func tool(_ name: String, _ libraries: Target.Dependency...) -> Target {
  .executableTarget(
    name: name,
    dependencies: libraries + ["ToolSupport", "TextStreams", argumentParser],
    swiftSettings: settings)
}

/// A library and its tests, which lie at the same place under Tests.
func library(
  _ name: String, _ dependencies: Target.Dependency..., testing: [Target.Dependency] = [],
  fixtures: [String] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies + testing,
      exclude: fixtures, swiftSettings: settings),
  ]
}

let package = Package(
  name: "huaben",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // MARK: C libraries
    .systemLibrary(name: "CICU", pkgConfig: "icu-uc", providers: [.apt(["libicu-dev"])]),
    .systemLibrary(
      name: "CICUI18n", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
    .systemLibrary(name: "CEdit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "COneDNN",
      cxxSettings: [.unsafeFlags(["-O2", "-Wall", "-Werror"])],
      linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("gomp")]),
    .target(
      name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-Wall", "-Werror"])]),

    // MARK: Shared by tests
    .target(
      name: "TestSupport", dependencies: ["TextStreams"], path: "Tests/TestSupport",
      swiftSettings: settings),

    // MARK: Commands
    tool("tokenize", "Cleaning", "Encodings", "Segmentation"),
    tool("detok", "Segmentation"),
    tool("vocab"),
    tool("train", "Kernels", "Seq2Seq"),
    tool(
      "generate", "CEdit", "Kernels", "ModelSupport", "Segmentation", "Seq2Seq", "Steering",
      "Storytelling"),
    tool("score", "Kernels", "Seq2Seq", "ModelSupport"),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "tokenize", "detok", "vocab", "train", "generate", "score", "TestSupport", "TextStreams",
      ],
      swiftSettings: settings),
  ]
    // MARK: Libraries, lowest first
    + library("TextStreams", "CZlib", testing: ["TestSupport"])
    + library("Kernels", "COneDNN", "CKernels")
    + library("Encodings", "CICU", "CICUI18n", "TextStreams", testing: ["TestSupport"])
    + library("Cleaning", "CICU", "CICUI18n", "TextStreams", testing: ["TestSupport"])
    + library("Segmentation", "CICU", "TextStreams", testing: ["Encodings", "TestSupport"])
    + library("Seq2Seq", "Kernels", "CZlib", fixtures: ["Fixtures"])
    + library("Steering", "Seq2Seq", "TextStreams", testing: ["Kernels"])
    + library("ToolSupport", "TextStreams", argumentParser, testing: ["TestSupport"])
    + library("ModelSupport", "Kernels", "Seq2Seq", "TextStreams", "ToolSupport", argumentParser)
    + library("Storytelling", "TextStreams", "ToolSupport"),
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
